import { beforeEach, expect, test, vi } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { offersDemoUsers, startDemoSession } from "./start-demo-session";
import { startSession } from "./start-session";

vi.mock("./start-session", () => ({ startSession: vi.fn(async () => ({ path: "/" })) }));

const DEMO = {
  LOG_LEVEL: "silent",
  DEMO_USERS: "1",
  SANDBOX_URL: "http://127.0.0.1:4000",
  SANDBOX_TOKEN: "t",
  ADMIN_USER: "admin",
  ADMIN_PASSWORD: "long enough for a demo",
};
const given = (variables: Record<string, string>) => {
  sharedSlot("env").value = parseEnv(variables);
};
beforeEach(() => {
  vi.mocked(startSession).mockClear();
});

test("in the demo each role signs in as its user", async () => {
  given(DEMO);
  expect(offersDemoUsers()).toBe(true);
  for (const role of ["admin", "operator", "support"] as const) await startDemoSession({ input: { role } });
  expect(vi.mocked(startSession).mock.calls.map(([{ input }]) => input.username)).toEqual([
    "admin",
    "operator",
    "support",
  ]);
});

test.each([
  ["without the sandbox", { LOG_LEVEL: "silent", ADMIN_USER: "admin", ADMIN_PASSWORD: "long enough for a demo" }],
  ["without the demo's users", { ...DEMO, DEMO_USERS: "0" }],
  ["where other machines get in", { ...DEMO, HOST: "0.0.0.0", APP_URL: "https://cards.example" }],
  ["behind a reverse proxy, which may name this machine as the host", { ...DEMO, TRUST_PROXY: "127.0.0.1" }],
  ["behind a public address", { ...DEMO, APP_URL: "https://cards.example" }],
])("%s nobody gets in without a password", async (_, variables) => {
  given(variables);
  expect(offersDemoUsers()).toBe(false);
  await expect(startDemoSession({ input: { role: "support" } })).rejects.toMatchObject({ code: "not_found" });
  expect(startSession).not.toHaveBeenCalled();
});
