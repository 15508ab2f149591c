import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { approval, approvalUse } from "@/lib/db/schema";
import { findOpenApproval } from "../find-open-approval";
import type { ResetKind } from "../schemas";
import { readResetNeed } from "./read-reset-need";

type Reset = { kind: ResetKind; target: { id: string; username: string } };

/** What the audit says of a reset: by which approval, or that nobody could have approved it. */
export type ResetApproval = { approvalId?: string; approvedBy?: string; nobodyCouldApprove?: true };

/**
 * Use up the approval of a reset, in the transaction that carries it out and after `lockAdmins`. One approval is good for
 * one reset.
 *
 * Throws AppError "conflict": reset_needs_approval (params name the request that waits), reset_too_new_to_ask and
 * reset_no_approver (the actor, or whoever could approve, became or ceased to be an administrator within the last day).
 */
export async function consumeResetApproval(tx: Tx, ctx: Ctx, { kind, target }: Reset): Promise<ResetApproval> {
  const actorId = ctx.actor.id;
  const now = ctx.now();
  const { need, mayAsk, approverIds } = await readResetNeed(tx, { kind, actorId, userId: target.id, at: now });
  if (need === "nothing" || actorId === null) return {};
  if (need === "nobody") return { nobodyCouldApprove: true };
  const about = and(
    eq(approval.subjectKind, kind),
    sql`${target.id}::uuid = any(${approval.subjectIds})`,
    sql`not exists (select 1 from ${approvalUse} where ${approvalUse.approvalId} = ${approval.id})`,
  );
  const open = await findOpenApproval(tx, { actorId, now, about });
  const waiting = open ? { params: { approvalId: open.id } } : {};
  if (!open && !mayAsk) throw new AppError("conflict", "reset_too_new_to_ask");
  if (!open && approverIds.length === 0) throw new AppError("conflict", "reset_no_approver");
  if (!open?.approved) throw new AppError("conflict", "reset_needs_approval", waiting);
  await tx.insert(approvalUse).values({ approvalId: open.id, usedAt: now });
  const detail = { reset: kind, userId: target.id, username: target.username };
  await recordAudit(tx, ctx, { action: "approval.used", targetKind: "approval", targetId: open.id, detail });
  return { approvalId: open.id, approvedBy: open.decidedByName ?? "" };
}
