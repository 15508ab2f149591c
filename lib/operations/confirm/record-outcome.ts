import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { log } from "@/lib/core/log";
import type { Tx } from "@/lib/db/client";
import { operation, operationReading } from "@/lib/db/schema";
import { upstreamMessage } from "@/lib/upstream";
import type { WriteOutcome } from "@/lib/upstream/types";
import { auditOutcomeOf, auditTargetOf } from "../journal/audit-operation";
import { releaseCards } from "../journal/lock-cards";
import { openOperation } from "../journal/open-operation";
import { withoutSecrets } from "../journal/sealed-params";
import { type OperationRow, transitionOperation } from "../journal/transition-operation";
import type { OperationState } from "../operation";
import type { ApplyOutcome } from "../operation-kind";
import type { CheckedOutcome } from "./check-refusal";

/** If recovery took this instance for dead, the operation is "unknown" already; a definite answer still decides it. */
const AFTER_RECOVERY: Record<WriteOutcome<unknown>["kind"], OperationState | null> = {
  done: "applied",
  refused: "not_applied",
  not_sent: "not_applied",
  unknown: null,
};

type Input<T> = Pick<CheckedOutcome<T>, "outcome"> &
  Partial<CheckedOutcome<T>> & {
    ctx: Ctx;
    id: string;
    applyOutcome: ApplyOutcome<T>;
    /** Phones and codes of the operation's cards: the answer may repeat them, and they are stored sealed only. */
    secrets?: readonly string[];
  };

/**
 * The third transaction: outcome, locks, audit and what the kind applies, all or nothing. Returns the operation as it
 * stands then. One that was decided otherwise meanwhile stays as it is, but keeps the answer as evidence, and what a
 * success brought.
 */
export async function recordOutcome<T>({
  ctx,
  id,
  outcome,
  check,
  doubt,
  applyOutcome,
  secrets = [],
}: Input<T>): Promise<OperationRow> {
  return ctx.db.transaction(async (tx) => {
    const { trace } = outcome;
    const fault = outcome.kind === "done" ? null : outcome.kind === "refused" ? outcome.reason : outcome.fault;
    const reason = doubt ?? fault;
    const patch = {
      endedAt: trace.endedAt,
      call: {
        phase: trace.phase,
        status: trace.status,
        ms: trace.ms,
        fault: trace.fault,
        body: withoutSecrets(trace.body, secrets),
      },
      reason,
      upstreamMessage: "message" in outcome ? withoutSecrets(upstreamMessage(outcome.message, trace), secrets) : null,
      finishedAt: outcome.kind === "unknown" ? null : ctx.now(),
      nextReconcileAt: outcome.kind === "unknown" ? trace.endedAt : null,
    };
    const late = AFTER_RECOVERY[outcome.kind];
    const row =
      (await transitionOperation(tx, id, "sent", outcome.kind, patch)) ??
      (late && (await transitionOperation(tx, id, "unknown", late, { ...patch, needsManualResolution: null })));
    const keepAnswer = (conclusion: string) => {
      const reading = { kind: "answer" as const, note: outcome.kind };
      return tx.insert(operationReading).values({ operationId: id, at: ctx.now(), reading, conclusion });
    };
    if (!row) {
      const stored = await current(tx, id);
      if (!late || stored.state === outcome.kind || (await hasAnswer(tx, id))) return stored;
      await keepAnswer(outcome.kind);
      const decided = stored.state === "settled" ? stored.settledAs : stored.state;
      // Already decided, and otherwise: a final state never changes, so the contradiction is written down.
      if (decided !== late) {
        log().error({ operation: id, state: stored.state, answer: outcome.kind }, "an answer contradicts the journal");
        const detail = { kind: stored.kind, state: stored.state, answer: outcome.kind, ms: trace.ms };
        const entry = { action: "operation.contradicted", ...auditTargetOf(stored), outcome: "failed" as const };
        await recordAudit(tx, ctx, { ...entry, detail });
      }
      // What the call made exists, whatever was decided: a key that arrived is never dropped.
      if (outcome.kind === "done") await applyOutcome(tx, ctx, stored, outcome);
      return stored;
    }
    if (row.state === late) await keepAnswer(late);
    if (check) {
      const { at, reading, verdict } = check;
      await tx.insert(operationReading).values({ operationId: id, at, reading, conclusion: verdict });
    }
    await applyOutcome(tx, ctx, row, outcome);
    if (row.state !== "unknown") await releaseCards(tx, id);
    await recordAudit(tx, ctx, {
      action: `operation.${row.state}`,
      ...auditTargetOf(row),
      outcome: auditOutcomeOf(row.state),
      detail: { kind: row.kind, reason, ms: trace.ms },
    });
    return row;
  });
}

/** The answer is kept already: its commit was not acknowledged, and this is its repetition. */
async function hasAnswer(tx: Tx, id: string): Promise<boolean> {
  const answer = and(eq(operationReading.operationId, id), sql`${operationReading.reading}->>'kind' = 'answer'`);
  return (await tx.select({ id: operationReading.id }).from(operationReading).where(answer).limit(1)).length > 0;
}

async function current(tx: Tx, id: string): Promise<OperationRow> {
  const [row] = await tx.select().from(operation).where(eq(operation.id, id));
  if (!row) throw new Error("operation vanished");
  return openOperation(row);
}
