import "server-only";
import { and, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { mayHaveHappened, operation } from "@/lib/db/schema";
import { type OperationParams, PROVEN_STATES } from "../operation";

/**
 * The second half of a merge destroys the card that the first half emptied, and only after that certainly happened. Throws
 * AppError not_found (it is no merge of this card), conflict (not proven yet, given back, or destroyed already).
 */
export async function assertMergeDone(ctx: Ctx, params: OperationParams, mergeOf: string): Promise<void> {
  const [first] = await ctx.db.select().from(operation).where(eq(operation.id, mergeOf));
  const emptied = first?.merges && first.params.kind === "transfer" ? first.params.source.id : null;
  if (!first || params.kind !== "destroy" || emptied !== params.card.id) throw new AppError("not_found");
  if (!PROVEN_STATES.includes(first.state)) throw new AppError("conflict", "merge_not_done");
  await assertNotGivenBack(ctx.db, mergeOf);
  const [other] = await ctx.db
    .select({ id: operation.id })
    .from(operation)
    .where(and(eq(operation.mergeOf, mergeOf), mayHaveHappened));
  if (other) throw new AppError("conflict", "already_merged", { params: { operationId: other.id } });
}

/** Throws AppError conflict if the merge's calls were given back, or may be: asked again in the transaction that confirms its end. */
export async function assertNotGivenBack(tx: Pick<Tx, "select">, mergeOf: string): Promise<void> {
  const [back] = await tx
    .select({ id: operation.id })
    .from(operation)
    .where(and(eq(operation.reverses, mergeOf), mayHaveHappened));
  if (back) throw new AppError("conflict", "already_reversed", { params: { operationId: back.id } });
}
