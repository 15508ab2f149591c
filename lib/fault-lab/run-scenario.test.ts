import { afterAll, beforeAll, expect, test } from "vitest";
import { operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { readFaultLab } from "./read-fault-lab";
import { removeFaults } from "./remove-faults";
import { runScenario } from "./run-scenario";
import { setConsumer } from "./set-consumer";
import { SCENARIOS } from "./types";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { token: "sandbox-token" } });
  room.setEnv({ SANDBOX_URL: room.sandbox.url, SANDBOX_TOKEN: "sandbox-token" });
});
afterAll(() => room.close());

const admin = () => room.as("admin");

test("every scenario can be run, twice without being set up twice, and a lost transfer is shown as it really was", async () => {
  for (const scenario of [...SCENARIOS, ...SCENARIOS]) await runScenario({ ctx: admin(), input: { scenario } });
  const lab = await readFaultLab({ ctx: admin() });
  expect(lab.rules).toHaveLength(SCENARIOS.length - 1);
  expect(lab.rules.find((rule) => rule.fault === "refuse")?.lastsMs).toBe(60_000);
  expect(lab.consumer).toBe(5);
  await removeFaults({ ctx: admin(), input: {} });
  await setConsumer({ ctx: admin(), input: { perSecond: 0 } });

  await runScenario({ ctx: admin(), input: { scenario: "transferLate" } });
  const desk = operationDesk(room);
  const draft = await desk.transfer(desk.card(100), desk.card(5), 30);
  expect((await draft.confirm()).state).toBe("unknown");
  const { rules, writes, consumer } = await readFaultLab({ ctx: admin() });
  expect(rules[0]).toMatchObject({ fault: "reset", call: "transfer", fired: 1, count: 1 });
  expect(writes[0]).toMatchObject({ kind: "transfer", fault: "reset", happened: "later" });
  expect(consumer).toBe(0);
});
