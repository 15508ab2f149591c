import { FAULT_CATALOGUE } from "../../sandbox/fault-catalogue.ts";
import { type Random, seededRandom } from "../../sandbox/random.ts";
import type { Sandbox } from "../../sandbox/start.ts";
import type { CallKind, Effect, FaultName, FaultRuleInput, WriteKind } from "../../sandbox/types.ts";

/** A late effect comes well within the quiet period: later than that no reading could tell. */
const LATEST_MS = 4_000;
const CHANGE_MS = 2_500;
/** About every fourth write meets a fault: enough to be everywhere, and most of the work still gets done. */
const SHARE = 0.1;

/** An upstream that makes more keys than asked leaves some to a person; that is tested where a person can be played. */
const LEFT_OUT: readonly FaultName[] = ["refuse", "keys-more", "destroy-partial"];

/** Change the faults in force every few seconds, in a sequence that follows from the seed. Returns how to clear up. */
export function startWeather(sandbox: Sandbox, seed: number, writes: readonly WriteKind[]): () => Promise<void> {
  const random = seededRandom(seed);
  let last = Promise.resolve<unknown>(undefined);
  const change = () => {
    const rules = nextWeather(random, writes);
    last = last.then(() => sandbox.addFaults(rules, { replace: true }));
  };
  change();
  const timer = setInterval(change, CHANGE_MS);
  return async () => {
    clearInterval(timer);
    await last;
    await sandbox.clearFaults();
  };
}

/** Two or three faults of writes, now and then one of reads, rarely an upstream that is not there at all. */
export function nextWeather(random: Random, writes: readonly WriteKind[]): FaultRuleInput[] {
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
    match: { kind, probability: SHARE * writes.length, seed: random.int(1, 1e6) },
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
    (name) => !LEFT_OUT.includes(name) && (FAULT_CATALOGUE[name].kinds?.includes(kind) ?? true),
  );
  return names[random.int(0, names.length - 1)] ?? "reset";
}

function pickEffect(random: Random, fault: FaultName): Effect {
  const effects = FAULT_CATALOGUE[fault].effects;
  const name = effects[random.int(0, effects.length - 1)] ?? "never";
  return name === "late" ? { lateMs: random.int(200, LATEST_MS) } : name;
}
