import "server-only";
import { and, eq, gt, ne } from "drizzle-orm";
import type { z } from "zod";
import { noteRefusal, recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { approval } from "@/lib/db/schema";
import { lockDrafts, setDraftExpiry } from "@/lib/operations";
import { assertHasRole } from "@/lib/users";
import type { decideApprovalSchema } from "./schemas";

type Input = { ctx: Ctx; input: z.output<typeof decideApprovalSchema> };

/**
 * Approve or refuse what another user asked for. It sends nothing: whoever asked confirms again, with the same ids.
 * Refused drafts end at once, so that tomorrow's limit does not let them through.
 *
 * Throws AppError not_found, forbidden (not an administrator any more; one's own), expired, conflict (decided; params name
 * by whom). That somebody tried who may not is audited.
 */
export async function decideApproval(call: Input): Promise<null> {
  try {
    return await decide(call);
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") await noteDenied(call, error.key);
    throw error;
  }
}

/** Their own request, or no administrator any more. */
const noteDenied = ({ ctx, input }: Input, why: string): Promise<void> =>
  noteRefusal({
    ctx,
    entry: {
      action: "access.refused",
      targetKind: "approval",
      targetId: input.approvalId,
      outcome: "refused",
      detail: { had: ctx.actor.role, why },
    },
  });

async function decide({ ctx, input }: Input): Promise<null> {
  const deciderId = ctx.actor.id;
  if (!deciderId) throw new AppError("forbidden");
  const { approvalId, decision, reason } = input;
  return ctx.db.transaction(async (tx) => {
    await assertHasRole(tx, ctx.actor, "admin");
    const now = ctx.now();
    const isOpen = and(eq(approval.state, "pending"), gt(approval.expiresAt, now), ne(approval.requestedBy, deciderId));
    const [row] = await tx
      .update(approval)
      .set({
        state: decision === "approve" ? "approved" : "refused",
        decidedBy: deciderId,
        decidedByName: ctx.actor.name,
        decidedAt: now,
        decisionReason: reason,
      })
      .where(and(eq(approval.id, approvalId), isOpen))
      .returning();
    if (!row) throw await whyNot(tx, approvalId, deciderId);
    const target = { targetKind: "approval", targetId: approvalId };
    const { measure, asked, requestedByName: requestedBy } = row;
    const detail = { requestedBy, measure, asked, ...(reason && { reason }) };
    if (decision === "approve") {
      await recordAudit(tx, ctx, { action: "approval.approved", ...target, detail });
      return null;
    }
    const drafts = await lockDrafts(tx, { ids: row.subjectIds, actorId: row.requestedBy });
    if (drafts.length > 0) await setDraftExpiry(tx, { ids: drafts.map(({ id }) => id), expiresAt: now });
    await recordAudit(tx, ctx, { action: "approval.refused", ...target, detail });
    return null;
  });
}

async function whyNot(tx: Tx, id: string, deciderId: string): Promise<AppError> {
  const [row] = await tx.select().from(approval).where(eq(approval.id, id));
  if (!row) return new AppError("not_found", "approval_not_found");
  if (row.requestedBy === deciderId) return new AppError("forbidden", "approval_own");
  if (row.state === "pending") return new AppError("expired", "approval_expired");
  return new AppError("conflict", "approval_decided", { params: { by: row.decidedByName ?? "" } });
}
