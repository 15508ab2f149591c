import { setTimeout as sleep } from "node:timers/promises";
import { fields } from "../../sandbox/lab.ts";
import type { Random } from "../../sandbox/random.ts";
import { askUntilAnswered, type Crew, confirmImpatiently } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";

/** Move quota between cards until all transfers of the run have been confirmed. */
export async function workTransfers(crew: Crew): Promise<void> {
  for (;;) {
    const item = await crew.pace.next("transfers");
    if (item === null) return;
    await transferOnce(crew, randomOf(crew.seed, "transfer", item));
  }
}

/** Preview until one pair of cards is free and allowed, then confirm that. */
async function transferOnce(crew: Crew, random: Random): Promise<void> {
  while (!crew.signal.aborted) {
    const [sourceId, targetId] = twoOf(crew.upstreams.movable, random);
    // Small amounts look like what end users consume: those are the ones that are hard to find out about.
    const amount = random.next() < 0.2 ? random.int(1, 3) : random.int(4, 60);
    const preview = await askUntilAnswered(crew, random, crew.operator, "operations.previewTransferAction", {
      sourceId,
      targetId,
      amount,
    });
    const draft = preview?.kind === "ok" ? fields(fields(preview.data).draft) : {};
    if (typeof draft.operationId === "string") {
      await confirmImpatiently(crew, random, "operations.confirmTransferAction", { operationId: draft.operationId });
      return;
    }
    await sleep(100);
  }
}

function twoOf(ids: readonly string[], random: Random): [string, string] {
  const a = random.int(0, ids.length - 1);
  const b = (a + random.int(1, ids.length - 1)) % ids.length;
  return [ids[a] ?? "", ids[b] ?? ""];
}
