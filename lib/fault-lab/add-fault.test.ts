import { desc } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import en from "@/messages/en/lab.json";
import { FAULT_NAMES } from "@/sandbox/core/fault-names";
import { FAULT_CATALOGUE } from "@/sandbox/faults/fault-catalogue";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { addFault } from "./add-fault";
import { readFaultLab } from "./read-fault-lab";
import { removeFaults } from "./remove-faults";
import { addFaultSchema } from "./schemas";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom({ sandbox: { token: "sandbox-token" } });
  room.setEnv({ SANDBOX_URL: room.sandbox.url, SANDBOX_TOKEN: "sandbox-token" });
});
afterAll(() => room.close());
afterEach(() => room.clear());

const admin = () => room.as("admin");
const trail = async () => (await database().db.select().from(audit).orderBy(desc(audit.id)).limit(1))[0];

test("every fault of the catalogue can be added with every effect it allows, is listed, and removed again", async () => {
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

test("every fault has a label", () => {
  expect(Object.keys(en.fault).sort()).toEqual([...FAULT_NAMES].sort());
});

test("what the catalogue does not allow is refused with the sandbox's message, and not audited", async () => {
  const before = await trail();
  const input = addFaultSchema.parse({ fault: "failure-listed", effect: "before" });
  await expect(addFault({ ctx: admin(), input })).rejects.toMatchObject({
    code: "bad_input",
    details: expect.stringContaining("only never"),
  });
  expect((await trail())?.id).toBe(before?.id);
});
