import { desc } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { readFaultLab } from "./read-fault-lab";
import { runScenario } from "./run-scenario";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { token: "sandbox-token" } });
  room.setEnv({ SANDBOX_URL: room.sandbox.url, SANDBOX_TOKEN: "sandbox-token" });
});
afterAll(() => room.close());

const admin = () => room.as("admin");
const trail = async () => (await database().db.select().from(audit).orderBy(desc(audit.id)).limit(1))[0];

test("without a sandbox there is no Fault lab; with the wrong token or a dead sandbox the error says so", async () => {
  room.setEnv({ SANDBOX_TOKEN: "wrong" });
  await expect(readFaultLab({ ctx: admin() })).rejects.toMatchObject({ code: "unavailable", key: "sandbox_away" });
  room.setEnv({ SANDBOX_URL: "http://127.0.0.1:1", SANDBOX_TOKEN: "sandbox-token" });
  await expect(readFaultLab({ ctx: admin() })).rejects.toMatchObject({ code: "unavailable", key: "sandbox_away" });
  room.setEnv({ SANDBOX_URL: "", SANDBOX_TOKEN: "" });
  const before = await trail();
  await expect(runScenario({ ctx: admin(), input: { scenario: "espaiDown" } })).rejects.toMatchObject({
    code: "not_found",
  });
  expect((await trail())?.id).toBe(before?.id);
});
