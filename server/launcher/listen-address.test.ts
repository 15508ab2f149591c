import { expect, test } from "vitest";
import { listenAddress } from "./listen-address";

const asked = (host?: string, appUrl?: string, allowPlainHttp = false) =>
  listenAddress({ host, appUrl, allowPlainHttp });

test("it is this machine only unless HOST says otherwise", () => {
  expect(asked()).toBe("127.0.0.1");
  expect(asked(undefined, "https://desk.example")).toBe("127.0.0.1");
  for (const host of ["127.0.0.1", "127.8.0.1", "::1", "localhost"]) expect(asked(host)).toBe(host);
});

test("others are let in behind https, or on purpose without it", () => {
  expect(asked("0.0.0.0", "https://desk.example")).toBe("0.0.0.0");
  expect(asked("192.168.1.5", "http://192.168.1.5:3000", true)).toBe("192.168.1.5");
});

test.each([
  ["0.0.0.0", undefined, false],
  ["0.0.0.0", undefined, true],
  ["::", "http://desk.example", false],
  ["desk.internal", "http://desk.internal", false],
])("HOST=%s with APP_URL=%s is refused", (host, appUrl, plain) => {
  expect(() => asked(host, appUrl, plain)).toThrow("HOST lets other machines in: set APP_URL");
});
