import "server-only";
import { and, asc, eq, lte, sql } from "drizzle-orm";
import { type Ctx, systemContext } from "@/lib/context";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { operation } from "@/lib/db/schema";
import {
  callEndClock,
  type Kinds,
  nextReconcileAt,
  type OperationRow,
  quietPeriodLeft,
  recoverOperations,
} from "@/lib/operations";

const POLL_EVERY_MS = 500;
const RECOVER_EVERY_MS = 10_000;
const CONCURRENCY = 4;

/**
 * Reconcile unknown operations until each is decided, and recover those of dead instances. The schedule is in the rows
 * (`next_reconcile_at`), so any process can claim what is due, and a claim moves it on: no operation is reconciled twice
 * at once. Returns how to stop.
 */
export function startReconciler(kinds: Kinds): () => Promise<void> {
  let stopped = false;
  let lastRecovery = Date.now();
  let wake = () => {};

  const run = async () => {
    while (!stopped) {
      try {
        const ctx = systemContext();
        if (Date.now() - lastRecovery >= RECOVER_EVERY_MS) {
          await recoverOperations({ ctx });
          lastRecovery = Date.now();
        }
        await noteUnknown(ctx);
        const due = await claimDue(ctx);
        await Promise.all(due.map((row) => reconcile(ctx, kinds, row)));
        if (due.length === CONCURRENCY) continue;
      } catch (error) {
        log().warn({ err: error }, "reconciler");
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_EVERY_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  const done = run();
  return async () => {
    stopped = true;
    wake();
    await done;
  };
}

/** Every unknown operation counts its quiet period in this process from when this process first saw it. */
async function noteUnknown(ctx: Ctx): Promise<void> {
  const unknown = await ctx.db.select({ id: operation.id }).from(operation).where(eq(operation.state, "unknown"));
  callEndClock().keepOnly(unknown.map(({ id }) => id));
}

/** Claim what is due and schedule its next reconciliation, in one transaction that processes can run concurrently. */
export async function claimDue(ctx: Ctx, limit = CONCURRENCY): Promise<OperationRow[]> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.now();
    const due = await tx
      .select()
      .from(operation)
      .where(and(eq(operation.state, "unknown"), lte(operation.nextReconcileAt, now)))
      .orderBy(asc(operation.nextReconcileAt))
      .limit(limit)
      .for("update", { skipLocked: true });
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
  try {
    await kinds[row.kind].reconcile(ctx, row);
  } catch (error) {
    log().info({ operation: row.id, err: error }, "a reconciliation failed; it decides nothing");
  }
}
