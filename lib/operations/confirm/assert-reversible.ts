import "server-only";
import { and, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { mayHaveHappened, operation } from "@/lib/db/schema";
import { openOperation } from "../journal/open-operation";
import { type CardSnapshot, type OperationParams, PROVEN_STATES } from "../operation";
import { assertNotRestored } from "./assert-not-restored";

/**
 * A reversal gives back a transfer that certainly happened: the same amount between the same two cards, the other way, while
 * both still belong to whom they belonged. That it is given back once is held by an index; here it is told early.
 * Throws AppError not_found (it is no such pair), bad_input (field `amount`), conflict.
 */
export async function assertReversible(ctx: Ctx, params: OperationParams, reverses: string): Promise<void> {
  const [found] = await ctx.db.select().from(operation).where(eq(operation.id, reverses));
  const first = found && openOperation(found);
  if (first?.params.kind !== "transfer" || params.kind !== "transfer") throw new AppError("not_found");
  const { source, target, amount } = first.params;
  if (source.id !== params.target.id || target.id !== params.source.id) throw new AppError("not_found");
  if (!PROVEN_STATES.includes(first.state)) throw new AppError("conflict", "not_reversible");
  await assertNotRestored(ctx, first);
  if (params.amount !== amount)
    throw new AppError("bad_input", "reversal_differs", { fields: { amount: "reversal_differs" } });
  if (!isSameOwner(source, params.target) || !isSameOwner(target, params.source))
    throw new AppError("conflict", "reversal_owner_changed");
  const [other] = await ctx.db
    .select({ id: operation.id })
    .from(operation)
    .where(and(eq(operation.reverses, reverses), mayHaveHappened));
  if (other) throw new AppError("conflict", "already_reversed", { params: { operationId: other.id } });
}

/** What is not known of then, because it can't be opened, is not the same. */
const isSameOwner = (then: CardSnapshot, now: CardSnapshot): boolean => then.phone !== null && then.phone === now.phone;
