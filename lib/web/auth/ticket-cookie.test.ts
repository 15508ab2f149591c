import { afterEach, expect, test, vi } from "vitest";
import { setSecondFactorEnv } from "@/test/support/second-factor-fixtures";
import { clearTicketCookie, readTicketCookie, setTicketCookie } from "./ticket-cookie";

const jar = vi.hoisted(() => ({ set: [] as unknown[][], held: new Map<string, { value: string }>() }));
vi.mock("next/headers", () => ({
  cookies: async () => ({
    set: (...given: unknown[]) => jar.set.push(given),
    get: (name: string) => jar.held.get(name),
  }),
}));
afterEach(() => {
  jar.set = [];
  jar.held.clear();
});

test("no script reads the ticket, no other site sends it, and on https it is this host's alone", async () => {
  setSecondFactorEnv();
  await setTicketCookie("token");
  const rules = { httpOnly: true, sameSite: "strict", secure: true, path: "/", maxAge: 300 };
  expect(jar.set).toEqual([["__Host-cardesk.sign-in-ticket", "token", rules]]);
  setSecondFactorEnv({ APP_URL: "http://localhost:3000" });
  await setTicketCookie("token");
  expect(jar.set[1]).toEqual(["cardesk.sign-in-ticket", "token", { ...rules, secure: false }]);
  await clearTicketCookie();
  expect(jar.set[2]).toEqual(["cardesk.sign-in-ticket", "", expect.objectContaining({ maxAge: 0 })]);
});

test("without the cookie the sign-in begins again", async () => {
  await expect(readTicketCookie()).rejects.toMatchObject({ code: "bad_input", key: "sign_in_expired" });
});
