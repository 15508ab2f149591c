import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../sandbox/core/seeded-random.ts";
import type { RunContext } from "../run/run-context.ts";
import { randomOf, uuidOf } from "../run/seeds.ts";
import { callUntilAnswered } from "./call-until-answered.ts";

const KEY_TYPES = 6;
const POLL_MS = 200;

type BatchState = "generating" | "paused" | "done" | "cancelled";

/** Generate batches of keys, one after the other; each worker has its own key types. */
export async function generateBatches(
  context: RunContext,
  size: number,
  worker: number,
  workers: number,
): Promise<void> {
  for (let turn = 0; ; turn++) {
    const item = await context.pacing.next("batches");
    if (item === null) return;
    const keyType = (worker + turn * workers) % KEY_TYPES;
    const cancels = item % 10 === 9;
    await generateBatch(context, randomOf(context.seed, "batch", item), { keyType, wanted: size, cancels });
  }
}

type Plan = { keyType: number; wanted: number; cancels: boolean };

/** Create a batch and follow it to its end: resume it whenever it is paused, sometimes pause or cancel it. */
async function generateBatch(context: RunContext, random: Random, { keyType, wanted, cancels }: Plan): Promise<void> {
  const batchId = uuidOf(random);
  await createUntilAccepted(context, random, { batchId, keyType, wanted, note: "chaos" });
  while (!context.signal.aborted) {
    await sleep(POLL_MS);
    const rows = await context.db.rows<{ state: BatchState }>("select state from batch where id = $1", [batchId]);
    const state = rows?.[0]?.state;
    if (state === "done" || state === "cancelled") return;
    const dice = random.next();
    if (state === "paused") await callLater(context, random, "keys.resume", batchId);
    else if (state === "generating" && dice < 0.005) await callLater(context, random, "keys.pause", batchId);
    else if (state === "generating" && cancels && dice > 0.98) await callLater(context, random, "keys.cancel", batchId);
  }
}

/** Send the same form until it is accepted: its id makes it one batch, however often it arrives. */
async function createUntilAccepted(context: RunContext, random: Random, form: object): Promise<void> {
  while (!context.signal.aborted) {
    const copies = random.next() < 0.3 ? 2 : 1;
    const send = () => callUntilAnswered(context, random, context.operator, "keys.create", form);
    const results = await Promise.all(Array.from({ length: copies }, send));
    if (results.some((result) => result?.kind === "ok")) return;
    await sleep(POLL_MS);
  }
}

async function callLater(context: RunContext, random: Random, action: string, batchId: string): Promise<void> {
  await sleep(random.int(0, 400));
  await callUntilAnswered(context, random, context.operator, action, { batchId });
}
