import { setTimeout as sleep } from "node:timers/promises";
import { fields } from "../../sandbox/core/fields.ts";
import type { Random } from "../../sandbox/core/seeded-random.ts";
import type { RunContext } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";
import { callUntilAnswered } from "./call-until-answered.ts";
import { confirmRepeatedly } from "./confirm-repeatedly.ts";

/** Transfer quota between cards until all transfers of the run have been confirmed. */
export async function transferQuota(context: RunContext): Promise<void> {
  for (;;) {
    const item = await context.pacing.next("transfers");
    if (item === null) return;
    await transferOnce(context, randomOf(context.seed, "transfer", item));
  }
}

/** Preview pairs of cards until one is unlocked and allowed, then confirm that transfer. */
async function transferOnce(context: RunContext, random: Random): Promise<void> {
  while (!context.signal.aborted) {
    const [sourceId, targetId] = pickTwo(context.upstreams.transferable, random);
    // Small amounts look like consumption, so their outcome is the hardest to read from balances.
    const amount = random.next() < 0.2 ? random.int(1, 3) : random.int(4, 60);
    const preview = await callUntilAnswered(context, random, context.operator, "operations.previewTransferAction", {
      sourceId,
      targetId,
      amount,
    });
    const draft = preview?.kind === "ok" ? fields(fields(preview.data).draft) : {};
    if (typeof draft.operationId === "string") {
      await confirmRepeatedly(context, random, "operations.confirmTransferAction", { operationId: draft.operationId });
      return;
    }
    await sleep(100);
  }
}

function pickTwo(ids: readonly string[], random: Random): [string, string] {
  const a = random.int(0, ids.length - 1);
  const b = (a + random.int(1, ids.length - 1)) % ids.length;
  return [ids[a] ?? "", ids[b] ?? ""];
}
