import "server-only";
import { randomUUID } from "node:crypto";
import { and, count, eq, gt, or, sql } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { approval, type BatchSummary, batch, user } from "@/lib/db/schema";
import type { Measure } from "@/lib/limits";
import { destroyKind, lockDrafts, type OperationRow, setDraftExpiry, transferKind } from "@/lib/operations";
import { assertMayWrite, checkResetRequest, hasAnotherAdmin } from "@/lib/users";
import { approverStands, leftOf } from "./approval-state";
import { auditedSubject } from "./audited-subject";
import type { requestApprovalSchema } from "./schemas";
import { MAX_PENDING } from "./types";

/** How long it can be decided and used, and its drafts be confirmed. */
const APPROVAL_MS = 24 * 3_600_000;

type Request = z.output<typeof requestApprovalSchema>;
type Subject = { ids: string[]; measure: Measure | null; asked: number | null; summary: BatchSummary | null };

/**
 * Ask an administrator to let the actor go over their daily limit with their own drafts, or with a batch not yet created;
 * or, an administrator, to reset somebody's account. Asked again for the same while it is open, it is the same approval.
 * The drafts then live as long as the approval.
 *
 * Throws AppError not_found (not the actor's drafts), expired, forbidden, conflict (no second administrator; the batch
 * exists; what `checkResetRequest` says), too_many (open requests).
 */
export async function requestApproval({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: Request;
}): Promise<{ approvalId: string; expiresAt: string }> {
  const actorId = ctx.actor.id;
  if (!actorId) throw new AppError("forbidden");
  return ctx.db.transaction(async (tx) => {
    // One request of a user at a time: neither the same twice, nor more than may be open.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('cardesk.approval.' || ${actorId}::text, 0))`);
    const { subject, reason, reference } = input;
    const { ids, measure, asked, summary } = await readSubject(tx, ctx, { subject, actorId });

    const now = ctx.now();
    const open = and(eq(approval.requestedBy, actorId), gt(approval.expiresAt, now));
    const isSame = and(
      or(eq(approval.state, "pending"), and(eq(approval.state, "approved"), approverStands)),
      eq(approval.subjectKind, subject.kind),
      eq(approval.subjectIds, ids),
      sql`${leftOf} > 0`,
      summary ? sql`${approval.summary} = ${JSON.stringify(summary)}::jsonb` : undefined,
    );
    const [same] = await tx.select().from(approval).where(and(open, isSame)).limit(1);
    if (same) return { approvalId: same.id, expiresAt: same.expiresAt.toISOString() };
    const [pending] = await tx
      .select({ n: count() })
      .from(approval)
      .where(and(open, eq(approval.state, "pending")));
    if ((pending?.n ?? 0) >= MAX_PENDING)
      throw new AppError("too_many", "too_many_approvals", { params: { limit: MAX_PENDING } });

    const id = randomUUID();
    const expiresAt = new Date(now.getTime() + APPROVAL_MS);
    const row = {
      id,
      subjectKind: subject.kind,
      subjectIds: ids,
      measure,
      asked,
      reason,
      reference,
      requestedBy: actorId,
      requestedByName: ctx.actor.name,
      requestedAt: now,
      expiresAt,
      state: "pending" as const,
      decidedBy: null,
      decidedByName: null,
      decidedAt: null,
      decisionReason: null,
      summary,
    };
    await tx.insert(approval).values(row);
    if (subject.kind === "operation") await setDraftExpiry(tx, { ids, expiresAt });
    const about = await auditedSubject(tx, row);
    const detail = { ...about, subjectIds: ids, reason, ...(reference && { reference }), ...summary };
    await recordAudit(tx, ctx, { action: "approval.requested", targetKind: "approval", targetId: id, detail });
    return { approvalId: id, expiresAt: expiresAt.toISOString() };
  });
}

async function readSubject(
  tx: Tx,
  ctx: Ctx,
  { subject, actorId }: { subject: Request["subject"]; actorId: string },
): Promise<Subject> {
  if (subject.kind !== "operation" && subject.kind !== "batch") {
    const { id } = await checkResetRequest(tx, ctx, subject);
    return { ids: [id], measure: null, asked: null, summary: null };
  }
  await assertMayWrite(tx, ctx.actor);
  if (!(await hasAnotherAdmin(tx, actorId))) throw new AppError("conflict", "no_second_admin");
  if (subject.kind === "batch") return readBatch(tx, subject.batch);
  return readDrafts(tx, { ids: subject.operationIds, actorId, now: ctx.now() });
}

async function readBatch(tx: Tx, { batchId, keyType, wanted, note }: BatchSummary): Promise<Subject> {
  const [exists] = await tx.select({ id: batch.id }).from(batch).where(eq(batch.id, batchId));
  // The id is the browser's: one of a user would make the approval about their account, and nobody decides on their own.
  const [account] = await tx.select({ id: user.id }).from(user).where(eq(user.id, batchId));
  if (exists || account) throw new AppError("conflict", "batch_form_used");
  return { ids: [batchId], measure: "keysMade", asked: wanted, summary: { batchId, keyType, wanted, note } };
}

type Drafts = { ids: readonly string[]; actorId: string; now: Date };

async function readDrafts(tx: Tx, { ids: asked, actorId, now }: Drafts): Promise<Subject> {
  const ids = [...new Set(asked)];
  const drafts = await lockDrafts(tx, { ids, actorId });
  const uses = drafts.flatMap((draft) => dailyUseOf(draft) ?? []);
  const [first] = uses;
  if (!first || uses.length < ids.length) throw new AppError("not_found", "no_such_preview");
  if (uses.some(({ measure }) => measure !== first.measure)) throw new AppError("bad_input");
  if (drafts.some(({ expiresAt }) => expiresAt <= now)) throw new AppError("expired", "preview_expired");
  return {
    ids: drafts.map(({ id }) => id),
    measure: first.measure,
    asked: uses.reduce((sum, use) => sum + use.asked, 0),
    summary: null,
  };
}

function dailyUseOf(draft: OperationRow): { measure: Measure; asked: number } | null {
  if (draft.kind === "transfer") return transferKind.dailyUse(draft);
  return draft.kind === "destroy" ? destroyKind.dailyUse(draft) : null;
}
