import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { EffectName } from "@/sandbox/core/effect";
import type { WriteKind } from "@/sandbox/core/endpoints";
import type { FaultName } from "@/sandbox/core/fault-names";
import { FAULT_NAMES } from "@/sandbox/core/fault-names";
import { FAULT_CATALOGUE } from "@/sandbox/faults/fault-catalogue";
import { type Sandbox, startSandbox } from "@/sandbox/start-sandbox";
import { DOCUMENTED_TRANSFER, EMPTY_ID } from "@/sandbox/store/documented-cards";
import { DEADLINE_MS, passDeadline } from "@/test/support/pass-deadline";
import { createEspai } from "./espai/client";
import { createCallGuard } from "./http/call-guard";
import { createPotato } from "./potato/client";
import type { WriteOutcome } from "./types";

/** Every fault of the stand-ins × every write × when it takes effect: a definite outcome must be a true one. */

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ cards: 4, keys: 2, options: { sign: "v3" } });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

function writes() {
  const { espai, potato, credentials } = sandbox;
  const common = {
    readTimeoutMs: DEADLINE_MS,
    writeTimeoutMs: DEADLINE_MS,
    allowInsecureLoopback: true,
    guard: createCallGuard(),
  };
  const cards = createEspai({ baseUrl: espai, apiKey: credentials.espaiKey, ...common });
  const { potatoAskKey: askKey, potatoUserToken: userToken, potatoSignSecret: signSecret } = credentials;
  const keys = createPotato({ baseUrl: potato, askKey, userToken, sign: "v3", signSecret, ...common });
  const { phone, code, target_phone: targetPhone, target_code: targetCode } = DOCUMENTED_TRANSFER;
  return {
    transfer: () => cards.transfer({ phone, code, targetPhone, targetCode, amount: 10 }),
    destroy: () => cards.destroyCard(EMPTY_ID),
    generate: () => keys.createKeys({ type: 1, total: 5 }),
  };
}

const UPSTREAM = { transfer: "espai", destroy: "espai", generate: "potato" } as const;
const LATE = { lateMs: 3_600_000 };

const cells = FAULT_NAMES.flatMap((fault) => {
  const { kinds, effects } = FAULT_CATALOGUE[fault];
  const all: WriteKind[] = ["transfer", "destroy", "generate"];
  return all
    .filter((kind) => !kinds || kinds.includes(kind))
    .flatMap((kind) => effects.map((effect): [FaultName, WriteKind, EffectName] => [fault, kind, effect]));
});

const write = (kind: WriteKind, fault: FaultName) =>
  passDeadline<WriteOutcome<unknown>>(fault, writes()[kind], () => sandbox.context.counts[UPSTREAM[kind]].total > 0);

/** Whether the write happened, or still will. */
const happened = () => sandbox.store.journal.some((row) => row.changes.length > 0 || row.dueAt !== null);

test.each(["transfer", "destroy", "generate"] as const)("without a fault, %s is done", async (kind) => {
  expect(await writes()[kind]()).toMatchObject({ kind: "done" });
  expect(happened()).toBe(true);
});

test.each(cells)("%s × %s × %s", async (fault, kind, effect) => {
  await sandbox.addFaults([
    {
      fault,
      match: { upstream: UPSTREAM[kind] },
      ...(effect !== "never" && { effect: effect === "late" ? LATE : effect }),
      ...(fault === "login-expired-after" && { with: { calls: 0 } }),
    },
  ]);
  const outcome = await write(kind, fault);
  if (outcome.kind === "done") expect(happened()).toBe(true);
  // "Refused" is the upstream's word; who records it reads first.
  if (outcome.kind === "refused") expect(happened()).toBe(fault === "refused-after-effect");
  if (outcome.kind === "not_sent") expect(happened()).toBe(false);
  if (outcome.kind === "not_sent") expect(sandbox.context.counts[UPSTREAM[kind]].total).toBe(0);
  else expect(sandbox.context.counts[UPSTREAM[kind]].total).toBe(1);
  expect(sandbox.context.redirectTarget.hits).toEqual([]);
  const recorded = JSON.stringify(outcome.trace) + ("message" in outcome ? outcome.message : "");
  for (const secret of Object.values(sandbox.credentials)) expect(recorded).not.toContain(secret);
  for (const key of sandbox.store.keys) expect(recorded).not.toContain(key.cardStr);
});

test("most faults leave a write unknown, and the definite answers are the ones the rules name", async () => {
  const definite = new Set<string>();
  for (const fault of FAULT_NAMES) {
    await sandbox.reset();
    if (fault === "wrong-signature" || FAULT_CATALOGUE[fault].kinds) continue;
    await sandbox.addFaults([
      { fault, match: { upstream: "espai" }, ...(fault === "login-expired-after" && { with: { calls: 0 } }) },
    ]);
    const outcome = await write("transfer", fault);
    if (outcome.kind !== "unknown") definite.add(`${fault}: ${outcome.kind}`);
  }
  expect([...definite].sort()).toEqual([
    "clock-skew: done",
    "failure-listed: refused",
    "login-expired-after: refused",
    "refuse: not_sent",
  ]);
});

test("with signing on, a refusal of keys counts when the upstream signed it", async () => {
  await sandbox.addFaults([{ fault: "failure-listed", match: { upstream: "potato" } }]);
  expect(await writes().generate()).toMatchObject({ kind: "refused", message: "单次最多10条" });
  await sandbox.reset();
  await sandbox.addFaults([{ fault: "login-expired-after", match: { upstream: "potato" }, with: { calls: 0 } }]);
  expect(await writes().generate()).toMatchObject({ kind: "refused", reason: "no_permission" });
});
