import "server-only";
import { noteRefusal } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { FairSlots } from "@/lib/core/concurrency/fair-slots";
import { AppError } from "@/lib/core/errors";
import { sharedSlot } from "@/lib/core/shared-slot";
import type { Tx } from "@/lib/db/client";
import { consumeReveal, RevealLimitError } from "./consume-reveal";

/** Reveals of one person wait for each other, each with a connection of the pool: so many of theirs at once. */
const AT_ONCE = 4;

const slot = sharedSlot<FairSlots>("reveals");

/**
 * Show a secret of the `targetKind`: `reveal` reads it and writes its audit record in the transaction it is given, in which
 * the reveal is counted. Throws AppError "too_many" above what the actor may reveal in an hour, which is audited (in batches
 * where somebody keeps trying), and while four of theirs run.
 */
export async function withReveal<T>(ctx: Ctx, targetKind: string, reveal: (tx: Tx) => Promise<T>): Promise<T> {
  const { id, name } = ctx.actor;
  slot.value ??= new FairSlots({ each: AT_ONCE });
  const counted = (): Promise<T> =>
    ctx.db.transaction(async (tx) => {
      await consumeReveal(tx, ctx);
      return reveal(tx);
    });
  try {
    return await slot.value.run(id ?? name, counted, () => new AppError("too_many"));
  } catch (error) {
    if (error instanceof RevealLimitError) {
      const detail = { measure: "reveals", limit: error.limit };
      await noteRefusal({ ctx, entry: { action: "limit.reached", targetKind, outcome: "refused", detail } });
    }
    throw error;
  }
}
