import "server-only";
import { and, asc, eq, isNotNull, lte, notInArray, sql } from "drizzle-orm";
import { type Ctx, systemContext } from "@/lib/context";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { withRequestId } from "@/lib/core/request-scope";
import { ATTRIBUTE, withSpan } from "@/lib/core/tracing";
import { operation } from "@/lib/db/schema";
import {
  callEndClock,
  type Kinds,
  longestCallMs,
  nextReconcileAt,
  type OperationRow,
  openOperation,
  quietPeriodLeft,
  recoverOperations,
} from "@/lib/operations";
import type { OperationKind } from "@/lib/operations/types";
import { guardRetryInMs } from "@/lib/upstream";

const POLL_EVERY_MS = 500;
const RECOVER_EVERY_MS = 10_000;
/** Reconciliations of one kind at a time. */
const CONCURRENCY = 4;
/** Soonest next reading after our own breaker or queue refused one. */
const RETRY_AT_LEAST_MS = 1_000;

/**
 * Reconcile unknown operations until each is decided, and recover those of dead instances. The schedule is in the rows
 * (`next_reconcile_at`), so any process can claim what is due, and a claim moves it on: no operation is reconciled twice
 * at once. Claiming never waits for a reading: one that hangs holds up no other kind, and none of its own while a slot is
 * free. Returns how to stop.
 */
export function startReconciler(kinds: Kinds): () => Promise<void> {
  let stopped = false;
  let lastRecovery = Date.now();
  let slotFreed = false;
  let wake = () => {};
  const inFlight = new Map<string, { kind: OperationKind; done: Promise<void> }>();

  const begin = (ctx: Ctx, row: OperationRow) => {
    const done = reconcile(ctx, kinds, row).finally(() => {
      inFlight.delete(row.id);
      slotFreed = true;
      wake();
    });
    inFlight.set(row.id, { kind: row.kind, done });
  };
  const beginDue = async (ctx: Ctx) => {
    for (const kind of await noteUnknown(ctx)) {
      const running = [...inFlight.values()].filter((each) => each.kind === kind).length;
      if (running >= CONCURRENCY) continue;
      const due = await claimDue(ctx, CONCURRENCY - running, { kind, except: [...inFlight.keys()] });
      for (const row of due) begin(ctx, row);
    }
  };
  const pause = () =>
    new Promise<void>((resolve) => {
      if (slotFreed || stopped) return resolve();
      const timer = setTimeout(resolve, POLL_EVERY_MS);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const run = async () => {
    while (!stopped) {
      slotFreed = false;
      try {
        const ctx = systemContext();
        if (Date.now() - lastRecovery >= RECOVER_EVERY_MS) {
          await recoverOperations({ ctx });
          lastRecovery = Date.now();
        }
        await beginDue(ctx);
      } catch (error) {
        log().warn({ err: error }, "reconciler");
      }
      await pause();
    }
    await Promise.all([...inFlight.values()].map(({ done }) => done));
  };
  const done = run();
  return async () => {
    stopped = true;
    wake();
    await done;
  };
}

/**
 * Every unknown operation counts its quiet period in this process from when this process first saw it. Returns the kinds
 * of which one is due.
 */
async function noteUnknown(ctx: Ctx): Promise<Set<OperationKind>> {
  const now = ctx.now();
  const { id, kind, reason, nextReconcileAt: dueAt } = operation;
  const unknown = await ctx.db
    .select({ id, kind, reason, dueAt })
    .from(operation)
    .where(eq(operation.state, "unknown"));
  // Of a call that was taken over nobody knows when it ended: for this clock it may have begun just now.
  const endsIn = (row: { reason: string | null }) => (row.reason === "process_died" ? longestCallMs() : 0);
  callEndClock().keepOnly(new Map(unknown.map((row) => [row.id, endsIn(row)])));
  return new Set(unknown.filter((row) => row.dueAt && row.dueAt <= now).map((row) => row.kind));
}

/** Which of what is due to claim; everything by default. */
type Only = { kind?: OperationKind; except?: readonly string[] };

/** Claim what is due and schedule its next reconciliation, in one transaction that processes can run concurrently. */
export async function claimDue(
  ctx: Ctx,
  limit = CONCURRENCY,
  { kind, except = [] }: Only = {},
): Promise<OperationRow[]> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.now();
    const rows = await tx
      .select()
      .from(operation)
      .where(
        and(
          eq(operation.state, "unknown"),
          lte(operation.nextReconcileAt, now),
          kind && eq(operation.kind, kind),
          notInArray(operation.id, [...except]),
        ),
      )
      .orderBy(asc(operation.nextReconcileAt))
      .limit(limit)
      .for("update", { skipLocked: true });
    const due = rows.map(openOperation);
    for (const row of due) {
      const next = nextReadingAt(row, now);
      // Reconciling takes time: leave room, so that a slow reading is not overtaken by the next.
      const notBefore = sql`greatest(${next}::timestamptz, ${now}::timestamptz + interval '1 second')`;
      await tx.update(operation).set({ nextReconcileAt: notBefore }).where(eq(operation.id, row.id));
    }
    return due;
  });
}

/** By the schedule, but not after the moment from which a reading may decide: the monotonic clock may be behind the wall clock. */
function nextReadingAt(row: OperationRow, now: Date): Date {
  const scheduled = nextReconcileAt(row.endedAt ?? now, now, env().QUIET_PERIOD_SECONDS);
  const left = quietPeriodLeft(row, now);
  return left > 0 ? new Date(Math.min(scheduled.getTime(), now.getTime() + left)) : scheduled;
}

async function reconcile(ctx: Ctx, kinds: Kinds, row: OperationRow): Promise<void> {
  const attributes = { [ATTRIBUTE.operationId]: row.id, [ATTRIBUTE.operationKind]: row.kind };
  const work = () => withSpan("operation.reconcile", attributes, () => kinds[row.kind].reconcile(ctx, row));
  try {
    await withRequestId(ctx.requestId, work);
  } catch (error) {
    log().info({ operation: row.id, err: error }, "a reconciliation failed; it decides nothing");
    const retryInMs = guardRetryInMs(error);
    if (retryInMs !== null) await tryAgainIn(ctx, row.id, retryInMs);
  }
}

/** The breaker will close, or the queue get shorter: read then, not when the schedule says. */
async function tryAgainIn(ctx: Ctx, id: string, ms: number): Promise<void> {
  const at = new Date(ctx.now().getTime() + Math.max(ms, RETRY_AT_LEAST_MS));
  await ctx.db
    .update(operation)
    .set({ nextReconcileAt: at })
    .where(and(eq(operation.id, id), eq(operation.state, "unknown"), isNotNull(operation.nextReconcileAt)))
    .catch((error: unknown) => log().warn({ err: error }, "could not schedule a reconciliation; it stays as it was"));
}
