import { desc } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import en from "@/messages/en/lab.json";
import { FAULT_NAMES } from "@/sandbox/core/fault-names";
import { FAULT_CATALOGUE } from "@/sandbox/faults/fault-catalogue";
import { type OperationDesk, operationDesk } from "@/test/support/operation-fixtures";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { addFault } from "./add-fault";
import { readFaultLab } from "./read-fault-lab";
import { removeFaults } from "./remove-faults";
import { runScenario } from "./run-scenario";
import { addFaultSchema } from "./schemas";
import { setConsumer } from "./set-consumer";
import { setLatency } from "./set-latency";
import { SCENARIOS } from "./types";

let room: TestRoom;
let desk: OperationDesk;
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { token: "sandbox-token" } });
  room.setEnv({ SANDBOX_URL: room.sandbox.url, SANDBOX_TOKEN: "sandbox-token" });
  desk = operationDesk(room);
});
afterAll(() => room.close());
afterEach(() => room.clear());

const admin = () => room.as("admin");
const trail = async () => (await database().db.select().from(audit).orderBy(desc(audit.id)).limit(1))[0];

test("every fault of the catalogue can be added with every effect it allows, is listed, and goes again", async () => {
  for (const fault of FAULT_NAMES) {
    for (const effect of FAULT_CATALOGUE[fault].effects) {
      const input = addFaultSchema.parse({ fault, effect, ...(fault === "refuse" && { upstream: "talkbot" }) });
      await addFault({ ctx: admin(), input });
    }
  }
  const lab = await readFaultLab({ ctx: admin() });
  expect(lab.rules).toHaveLength(FAULT_NAMES.flatMap((fault) => FAULT_CATALOGUE[fault].effects).length);
  expect(lab.rules.find((rule) => rule.fault === "hang" && rule.effect === "late")?.lateMs).toBe(20_000);
  expect(lab.upstreams.find((each) => each.upstream === "talkbot")?.listening).toBe(false);
  const [first] = lab.rules;
  await removeFaults({ ctx: admin(), input: { id: first?.id ?? "" } });
  expect((await readFaultLab({ ctx: admin() })).rules).toHaveLength(lab.rules.length - 1);
  await removeFaults({ ctx: admin(), input: {} });
  expect((await readFaultLab({ ctx: admin() })).rules).toEqual([]);
  expect(await trail()).toMatchObject({ action: "lab.faults_removed", actorName: "admin", detail: { rule: "all" } });
});

test("every fault has its words", () => {
  expect(Object.keys(en.fault).sort()).toEqual([...FAULT_NAMES].sort());
});

test("what the catalogue does not allow is refused with the sandbox's words, and leaves no trace", async () => {
  const before = await trail();
  const input = addFaultSchema.parse({ fault: "failure-listed", effect: "before" });
  await expect(addFault({ ctx: admin(), input })).rejects.toMatchObject({
    code: "bad_input",
    details: expect.stringContaining("only never"),
  });
  expect((await trail())?.id).toBe(before?.id);
});

test("every scene can be set, twice without being there twice, and a lost transfer is seen as it really was", async () => {
  for (const scenario of [...SCENARIOS, ...SCENARIOS]) await runScenario({ ctx: admin(), input: { scenario } });
  const lab = await readFaultLab({ ctx: admin() });
  expect(lab.rules).toHaveLength(SCENARIOS.length - 1);
  expect(lab.rules.find((rule) => rule.fault === "refuse")?.lastsMs).toBe(60_000);
  expect(lab.consumer).toBe(5);
  await removeFaults({ ctx: admin(), input: {} });
  await setConsumer({ ctx: admin(), input: { perSecond: 0 } });

  await runScenario({ ctx: admin(), input: { scenario: "transferLate" } });
  const draft = await desk.transfer(desk.card(100), desk.card(5), 30);
  expect((await draft.confirm()).state).toBe("unknown");
  const { rules, writes, consumer } = await readFaultLab({ ctx: admin() });
  expect(rules[0]).toMatchObject({ fault: "reset", call: "transfer", fired: 1, count: 1 });
  expect(writes[0]).toMatchObject({ kind: "transfer", fault: "reset", happened: "later" });
  expect(consumer).toBe(0);
});

test("an upstream is made slow, and the others are not", async () => {
  await setLatency({ ctx: admin(), input: { upstream: "potato", ms: 700 } });
  const { upstreams } = await readFaultLab({ ctx: admin() });
  expect(upstreams.map((each) => each.latencyMs)).toEqual([0, 700, 0]);
});

test("without a sandbox there is no lab; with the wrong token or a dead sandbox it says so", async () => {
  room.setEnv({ SANDBOX_TOKEN: "wrong" });
  await expect(readFaultLab({ ctx: admin() })).rejects.toMatchObject({ code: "unavailable", key: "sandbox_away" });
  room.setEnv({ SANDBOX_URL: "http://127.0.0.1:1", SANDBOX_TOKEN: "sandbox-token" });
  await expect(readFaultLab({ ctx: admin() })).rejects.toMatchObject({ code: "unavailable", key: "sandbox_away" });
  room.setEnv({ SANDBOX_URL: "" });
  const before = await trail();
  await expect(runScenario({ ctx: admin(), input: { scenario: "espaiDown" } })).rejects.toMatchObject({
    code: "not_found",
  });
  expect((await trail())?.id).toBe(before?.id);
});
