import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../sandbox/random.ts";
import { askUntilAnswered, type Crew } from "../run/run-context.ts";
import { randomOf, uuidOf } from "../run/seeds.ts";

const TYPES = 6;
const LOOK_MS = 200;

type State = "generating" | "paused" | "done" | "cancelled";

/** Have batches of keys made, one after the other; each worker has key types of its own. */
export async function workBatches(crew: Crew, size: number, worker: number, workers: number): Promise<void> {
  for (let turn = 0; ; turn++) {
    const item = await crew.pace.next("batches");
    if (item === null) return;
    const keyType = (worker + turn * workers) % TYPES;
    const cancels = item % 10 === 9;
    await makeBatch(crew, randomOf(crew.seed, "batch", item), { keyType, wanted: size, cancels });
  }
}

type Plan = { keyType: number; wanted: number; cancels: boolean };

/** Start a batch and see it through: whatever pauses it, somebody goes on; now and then somebody pauses or cancels it. */
async function makeBatch(crew: Crew, random: Random, { keyType, wanted, cancels }: Plan): Promise<void> {
  const batchId = uuidOf(random);
  await untilTaken(crew, random, { batchId, keyType, wanted, note: "chaos" });
  while (!crew.signal.aborted) {
    await sleep(LOOK_MS);
    const rows = await crew.peek.rows<{ state: State }>("select state from batch where id = $1", [batchId]);
    const state = rows?.[0]?.state;
    if (state === "done" || state === "cancelled") return;
    const whim = random.next();
    if (state === "paused") await act(crew, random, "keys.resume", batchId);
    else if (state === "generating" && whim < 0.005) await act(crew, random, "keys.pause", batchId);
    else if (state === "generating" && cancels && whim > 0.98) await act(crew, random, "keys.cancel", batchId);
  }
}

/** The same form is sent until it is taken: under the id it carries it is one batch, however often it arrives. */
async function untilTaken(crew: Crew, random: Random, form: object): Promise<void> {
  while (!crew.signal.aborted) {
    const copies = random.next() < 0.3 ? 2 : 1;
    const send = () => askUntilAnswered(crew, random, crew.operator, "keys.create", form);
    const answers = await Promise.all(Array.from({ length: copies }, send));
    if (answers.some((answer) => answer?.kind === "ok")) return;
    await sleep(LOOK_MS);
  }
}

async function act(crew: Crew, random: Random, action: string, batchId: string): Promise<void> {
  await sleep(random.int(0, 400));
  await askUntilAnswered(crew, random, crew.operator, action, { batchId });
}
