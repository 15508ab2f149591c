import "server-only";
import { eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { allows } from "@/lib/core/roles";
import { approval, operation, user } from "@/lib/db/schema";
import { type DailyUse, readDailyUse } from "@/lib/limits";
import {
  type CardSide,
  destroyKind,
  type OperationRow,
  openOperation,
  transferKind,
  viewOperation,
} from "@/lib/operations";
import type { OperationKind, OperationState } from "@/lib/operations/types";
import { hasSecondFactor, mayApproveReset } from "@/lib/users";
import { resetOf } from "./reset-of";
import type { getApprovalSchema } from "./schemas";
import { type ApprovalView, account, isAccount, viewApproval, viewColumns } from "./view-approval";

/** A side of an operation as its preview showed it: `card.balance`, and the calls left afterwards. */
export type ApprovalSide = { card: CardSide; after: number | null };

export type ApprovalOperation = {
  id: string;
  kind: OperationKind;
  state: OperationState;
  amount: number | null;
  source: ApprovalSide | null;
  target: ApprovalSide | null;
  previewedAt: string;
  /** The transfer it gives back. */
  reverses: string | null;
  /** It moves all there is, so that the source can be destroyed; or it is that destroying, of this merging transfer. */
  merges: boolean;
  mergeOf: string | null;
};

export type ApprovalDetail = ApprovalView & {
  /** As previewed, in the order of their ids. Empty for a batch or a reset. */
  operations: ApprovalOperation[];
  /** What the one who asked has begun today without an approval, and may; null for a reset. */
  dailyUse: DailyUse | null;
  /** Whether whose account it is has a second factor now; null unless it is a reset. */
  hasSecondFactor: boolean | null;
  /** Whether the reader may approve or refuse it now; of a reset some may only refuse. Or send what is left now. */
  mayDecide: boolean;
  mayApprove: boolean;
  maySend: boolean;
};

type Input = { ctx: Ctx; input: z.output<typeof getApprovalSchema> };

/** One approval with all that is to be decided on. Throws AppError not_found, also for another's if not an administrator. */
export async function getApproval({ ctx, input }: Input): Promise<ApprovalDetail> {
  const isAdmin = allows(ctx.actor.role, "admin");
  const [found] = await ctx.db
    .select({ ...viewColumns(ctx.now()), role: user.role })
    .from(approval)
    .innerJoin(user, eq(user.id, approval.requestedBy))
    .leftJoin(account, isAccount)
    .where(eq(approval.id, input.approvalId));
  if (!found || (!isAdmin && found.row.requestedBy !== ctx.actor.id))
    throw new AppError("not_found", "approval_not_found");

  const { subjectIds, requestedBy: userId, measure } = found.row;
  const reset = resetOf(found.row);
  const view = viewApproval(ctx, found);
  const isOwnAccount = reset?.userId === ctx.actor.id;
  const mayDecide = isAdmin && !view.own && !isOwnAccount && view.state === "pending";
  const [operations, dailyUse, secondFactor, mayApprove] = await Promise.all([
    ctx.db.select().from(operation).where(inArray(operation.id, subjectIds)).orderBy(operation.id),
    measure && readDailyUse({ ctx, input: { userId, role: found.role, measure } }),
    reset && hasSecondFactor(ctx.db, reset.userId),
    mayDecide && reset ? mayApproveReset(ctx.db, ctx.actor.id ?? "", reset) : mayDecide,
  ]);
  return {
    ...view,
    operations: operations.map((row) => viewSubject(openOperation(row))),
    dailyUse,
    hasSecondFactor: secondFactor,
    mayDecide,
    mayApprove,
    maySend: view.own && view.state === "approved",
  };
}

function viewSubject(row: OperationRow): ApprovalOperation {
  const kind = row.kind === "destroy" ? destroyKind : transferKind;
  const { source, target, amount } = viewOperation(kind, row);
  const side = (card: CardSide | null, change: number | null): ApprovalSide | null =>
    card && { card, after: plus(card, change) };
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    amount,
    source: side(source, amount && -amount),
    target: side(target, amount),
    previewedAt: row.createdAt.toISOString(),
    reverses: row.reverses,
    merges: row.merges,
    mergeOf: row.mergeOf,
  };
}

const plus = ({ balance }: CardSide, change: number | null): number | null =>
  typeof balance === "number" && change !== null ? balance + change : null;
