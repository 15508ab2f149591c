import { beforeEach, expect, test, vi } from "vitest";
import { sessionIdOfCookie } from "./session-cookie";

const browser = vi.hoisted(() => ({ cookie: "", auth: vi.fn() }));
vi.mock("next/headers", () => ({ headers: async () => new Headers({ cookie: browser.cookie }) }));
vi.mock("./next-auth", () => ({ auth: browser.auth }));

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const says = (sid: string, exp: number = inSeconds(3_600)) => browser.auth.mockResolvedValue({ user: { sid, exp } });

beforeEach(() => browser.auth.mockReset());

test("a cookie is unsealed once, whatever other cookies come with it", async () => {
  browser.cookie = "locale=en; authjs.session-token=once";
  says("a");
  expect(await sessionIdOfCookie()).toBe("a");
  browser.cookie = "authjs.session-token=once; theme=dark";
  expect(await sessionIdOfCookie()).toBe("a");
  expect(browser.auth).toHaveBeenCalledTimes(1);
});

test.each([
  ["another value", "authjs.session-token=other"],
  ["a value that begins with it", "authjs.session-token=mine2"],
  ["a part more", "authjs.session-token=mine; authjs.session-token.1=x"],
  ["another name", "__Host-authjs.session-token=mine"],
  ["no session", "locale=en"],
])("%s is not the one that is remembered", async (_what, cookie) => {
  browser.cookie = "authjs.session-token=mine";
  says("mine");
  await sessionIdOfCookie();
  browser.cookie = cookie;
  browser.auth.mockResolvedValue(null);
  expect(await sessionIdOfCookie()).toBeNull();
});

test("one that has expired is unsealed again, and so is one that was unreadable", async () => {
  browser.cookie = "authjs.session-token=old";
  says("old", inSeconds(-1));
  await sessionIdOfCookie();
  browser.auth.mockResolvedValue(null);
  expect(await sessionIdOfCookie()).toBeNull();
  expect(await sessionIdOfCookie()).toBeNull();
  expect(browser.auth).toHaveBeenCalledTimes(3);
});

test("what is too long for a cookie of ours is not kept: with what comes along it would fill the memory", async () => {
  browser.cookie = `authjs.session-token=short; __Host-authjs.session-token=${"x".repeat(4_000)}`;
  says("a");
  expect(await sessionIdOfCookie()).toBe("a");
  expect(await sessionIdOfCookie()).toBe("a");
  expect(browser.auth).toHaveBeenCalledTimes(2);
});

test("of many browsers the oldest is forgotten", async () => {
  const visit = (number: number) => {
    browser.cookie = `authjs.session-token=of${number}`;
    says(String(number));
    return sessionIdOfCookie();
  };
  for (let number = 0; number <= 1_000; number++) await visit(number);
  browser.auth.mockClear();
  await visit(1_000);
  expect(browser.auth).not.toHaveBeenCalled();
  await visit(0);
  expect(browser.auth).toHaveBeenCalledTimes(1);
});
