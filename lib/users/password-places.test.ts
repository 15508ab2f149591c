import { afterAll, beforeAll, expect, test } from "vitest";
import { sharedSlot } from "@/lib/core/shared-slot";
import { signInFailure } from "@/lib/db/schema";
import { openUserFixtures, PASSWORD, type UserFixtures } from "@/test/support/user-fixtures";
import { PLACES, takePlace } from "./password-places";
import { signIn } from "./sign-in";

let fixtures: UserFixtures;
beforeAll(async () => {
  sharedSlot("env").value = { AUTH_SECRET: "t".repeat(40) };
  fixtures = await openUserFixtures();
});
afterAll(() => fixtures.close());

test("strangers who fill their places are told so, count nothing, and take none from known browsers", async () => {
  const { username } = await fixtures.addUser("support");
  const enter = (deviceCookie: string | null) =>
    signIn({
      ctx: fixtures.anonymous(),
      input: { username, password: PASSWORD },
      browser: { deviceCookie, sessionId: null },
    });
  const { deviceCookie } = await enter(null);
  await fixtures.db.delete(signInFailure);

  const leave = Array.from({ length: PLACES.unknown }, () => takePlace("unknown"));
  await expect(enter(null)).rejects.toMatchObject({ code: "too_many", key: "sign_in_busy" });
  expect(await fixtures.db.select().from(signInFailure)).toEqual([]);
  await expect(enter(deviceCookie)).resolves.toHaveProperty("sessionId");
  leave[0]?.();
  leave[0]?.();
  await expect(enter(null)).resolves.toHaveProperty("sessionId");
  for (const one of leave) one();
});

test("every place is given back, whatever becomes of the sign-in", async () => {
  const { username } = await fixtures.addUser("support");
  const many = Array.from({ length: PLACES.unknown * 2 }, (_, n) =>
    signIn({ ctx: fixtures.anonymous(), input: { username, password: n % 2 ? PASSWORD : "wrong" } }),
  );
  await Promise.allSettled(many);
  const leave = Array.from({ length: PLACES.unknown }, () => takePlace("unknown"));
  for (const one of leave) one();
});
