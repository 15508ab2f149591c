import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { loadSecrets } from "@/server/launcher/secrets";
import { passwordFault } from "./password-rule";

afterEach(() => vi.useRealTimers());

const faultOf = (password: string, username = "lin.tao", secondFactor = false) =>
  passwordFault({ password, username, secondFactor });

test.each([
  "correct horse battery",
  "x3f-9kq-t7m-2wp4",
  "春天 的 第一场 雨 落在 旧 城墙 上",
  "quite another password 2",
])("%s can be chosen", async (password) => {
  expect(await faultOf(password)).toBeNull();
});

test("15 characters are needed, 12 with a second factor; an emoji is one", async () => {
  expect(await faultOf("vq3-kd8-xw2-m7")).toBe("password_too_short");
  expect(await faultOf("vq3-kd8-xw2-", "lin", true)).toBeNull();
  expect(await faultOf("vq3-kd8-xw2", "lin", true)).toBe("password_too_short");
  expect(await faultOf("🐎🐎🐎🐎🐎🐎🐎🐎")).toBe("password_too_short");
});

test.each([
  "passwordpassword",
  "Password1234567",
  "123456789012345",
  "qwertyuiopasdfgh",
  "1qaz2wsx3edc4rfv",
  "aaaaaaaaaaaaaaaaaaaa",
  "abcabcabcabcabcabc",
  "adminadminadmin1",
  "woaini1314520520",
  "ｐａｓｓｗｏｒｄｐａｓｓｗｏｒｄ",
])("%s is common", async (password) => {
  expect(await faultOf(password)).toBe("password_common");
});

test("the name must not be in it, in any case or width; a short one may be by chance", async () => {
  expect(await faultOf("my name is LIN.TAO, so what")).toBe("password_has_name");
  expect(await faultOf("my name is ｌｉｎ．ｔａｏ today")).toBe("password_has_name");
  expect(await faultOf("the linden tree on my hill", "lin")).toBeNull();
});

test("a long password takes no longer to judge than its beginning", async () => {
  expect(await faultOf(`${"aB1".repeat(85)}`)).toBe("password_common");
});

test("the password that the demo makes fits", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-secrets-"));
  const { DEMO_PASSWORD } = loadSecrets(folder);
  expect(readFileSync(join(folder, "secrets.json"), "utf8")).toContain(DEMO_PASSWORD);
  rmSync(folder, { recursive: true });
  for (const name of ["admin", "support", "operator"]) expect(await faultOf(DEMO_PASSWORD, name)).toBeNull();
});

test("the list is read again when it has been forgotten", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  expect(await faultOf("passwordpassword")).toBe("password_common");
  expect(vi.getTimerCount()).toBe(1);
  vi.runAllTimers();
  expect(await faultOf("passwordpassword")).toBe("password_common");
  expect(await faultOf("correct horse battery")).toBeNull();
  expect(vi.getTimerCount()).toBe(1);
});
