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
import type { getApprovalSchema } from "./schemas";
import { type ApprovalView, viewApproval, viewColumns } from "./view-approval";

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
};

export type ApprovalDetail = ApprovalView & {
  /** As previewed, in the order of their ids. Empty for a batch. */
  operations: ApprovalOperation[];
  /** What the one who asked has begun today, and may without an approval. */
  dailyUse: DailyUse;
  /** Whether the reader may approve or refuse it now, or send what is left now. */
  mayDecide: boolean;
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
    .where(eq(approval.id, input.approvalId));
  if (!found || (!isAdmin && found.row.requestedBy !== ctx.actor.id))
    throw new AppError("not_found", "approval_not_found");

  const { subjectIds, requestedBy: userId, measure } = found.row;
  const [operations, dailyUse] = await Promise.all([
    ctx.db.select().from(operation).where(inArray(operation.id, subjectIds)).orderBy(operation.id),
    readDailyUse({ ctx, input: { userId, role: found.role, measure } }),
  ]);
  const view = viewApproval(ctx, found);
  return {
    ...view,
    operations: operations.map((row) => viewSubject(openOperation(row))),
    dailyUse,
    mayDecide: isAdmin && !view.own && view.state === "pending",
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
  };
}

const plus = ({ balance }: CardSide, change: number | null): number | null =>
  typeof balance === "number" && change !== null ? balance + change : null;
