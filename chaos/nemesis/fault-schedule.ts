import type { Effect } from "../../sandbox/core/effect.ts";
import type { CallKind, WriteKind } from "../../sandbox/core/endpoints.ts";
import type { FaultName } from "../../sandbox/core/fault-names.ts";
import { type Random, seededRandom } from "../../sandbox/core/seeded-random.ts";
import { FAULT_CATALOGUE } from "../../sandbox/faults/fault-catalogue.ts";
import type { FaultRuleInput } from "../../sandbox/faults/fault-rule.ts";
import type { Sandbox } from "../../sandbox/start-sandbox.ts";

/** A late effect must come well within the quiet period: after that no reading could find it. */
const MAX_LATE_MS = 4_000;
const CHANGE_EVERY_MS = 2_500;
/** About one write in four meets a fault: enough to reach every step, and most of the work still succeeds. */
const FAULT_PROBABILITY = 0.1;

/** The one answer that lies is drawn more often than by its share. */
const REFUSED_AFTER_EFFECT_PROBABILITY = 0.15;

/** Surplus keys found by listing can't be told from other people's: the console leaves them to an administrator. */
const EXCLUDED: readonly FaultName[] = ["refuse", "keys-more", "destroy-partial"];

/** Replace the active faults every few seconds, as the seed decides. Returns a function that stops and clears them. */
export function startFaultSchedule(sandbox: Sandbox, seed: number, writes: readonly WriteKind[]): () => Promise<void> {
  const random = seededRandom(seed);
  let lastChange = Promise.resolve<unknown>(undefined);
  const change = () => {
    const rules = nextFaults(random, writes);
    lastChange = lastChange.then(() => sandbox.addFaults(rules, { replace: true }));
  };
  change();
  const timer = setInterval(change, CHANGE_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await lastChange;
    await sandbox.clearFaults();
  };
}

/** Two or three faults of writes, sometimes one of reads, rarely an upstream that refuses connections. */
export function nextFaults(random: Random, writes: readonly WriteKind[]): FaultRuleInput[] {
  const rules = Array.from({ length: random.int(2, 3) }, () => writeFault(random, writes));
  if (random.next() < 0.4) rules.push(readFault(random, writes));
  if (random.next() < 0.1) {
    const upstream = writes.includes("generate") && random.next() < 0.5 ? "potato" : "espai";
    rules.push({ fault: "refuse", match: { upstream }, with: { ms: random.int(50, 300) } });
  }
  return rules;
}

function writeFault(random: Random, writes: readonly WriteKind[]): FaultRuleInput {
  const kind = writes[random.int(0, writes.length - 1)] ?? "transfer";
  const fault = pickFault(random, kind);
  const common = {
    match: { kind, probability: FAULT_PROBABILITY * writes.length, seed: random.int(1, 1e6) },
    fault,
    effect: pickEffect(random, fault),
  };
  return fault === "keys-fewer" || fault === "keys-duplicate"
    ? { ...common, with: { by: random.int(1, 3), hide: random.next() < 0.5 } }
    : common;
}

function readFault(random: Random, writes: readonly WriteKind[]): FaultRuleInput {
  const kind = writes.includes("generate") && random.next() < 0.5 ? "keys" : "list";
  const match = { kind, probability: 0.1, seed: random.int(1, 1e6) } as const;
  const fault = random.pick(["reset", "html-502", "cut-chunked", "empty", "wrong-types", "json-500"] as const);
  return { match, fault };
}

function pickFault(random: Random, kind: CallKind): FaultName {
  const names = (Object.keys(FAULT_CATALOGUE) as FaultName[]).filter(
    (name) =>
      name !== "refused-after-effect" &&
      !EXCLUDED.includes(name) &&
      (FAULT_CATALOGUE[name].kinds?.includes(kind) ?? true),
  );
  const lies = random.next() < REFUSED_AFTER_EFFECT_PROBABILITY;
  const other = names[random.int(0, names.length - 1)] ?? "reset";
  return lies ? "refused-after-effect" : other;
}

function pickEffect(random: Random, fault: FaultName): Effect {
  const effects = FAULT_CATALOGUE[fault].effects;
  const name = effects[random.int(0, effects.length - 1)] ?? "never";
  return name === "late" ? { lateMs: random.int(200, MAX_LATE_MS) } : name;
}
