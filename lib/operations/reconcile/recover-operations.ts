import "server-only";
import { and, eq, inArray, lt, or, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { operation } from "@/lib/db/schema";
import { abortIntent } from "../confirm/abort-intent";
import { auditTargetOf } from "../journal/audit-operation";
import { callEndClock } from "../journal/call-end-clock";
import { longestCallMs } from "../journal/longest-call-ms";
import { transitionOperation } from "../journal/transition-operation";

/** A live process that lost the answer to its own commit leaves an operation open. This is longer than any call. */
const STUCK_MS = 5 * 60_000;

/**
 * Take over what dead instances left: "sent" becomes "unknown" (and is reconciled), "intent" becomes "not sent". An
 * instance is dead when no connection holds its advisory lock. Returns how many of each. Safe to run at any time, in
 * several processes.
 */
export async function recoverOperations({ ctx }: { ctx: Ctx }): Promise<{ unknown: number; notSent: number }> {
  const overdue = new Date(ctx.now().getTime() - env().UPSTREAM_WRITE_TIMEOUT_MS - STUCK_MS);
  const orphans = await ctx.db
    .select({ id: operation.id, state: operation.state, sentAt: operation.sentAt })
    .from(operation)
    .where(
      or(
        and(inArray(operation.state, ["intent", "sent"]), sql`${operation.instanceId} not in (${liveInstances})`),
        and(eq(operation.state, "intent"), lt(operation.intentAt, overdue)),
        and(eq(operation.state, "sent"), lt(operation.sentAt, overdue)),
      ),
    );

  let unknown = 0;
  let notSent = 0;
  for (const orphan of orphans) {
    if (orphan.state === "intent") {
      const row = await abortIntent(ctx, orphan.id, "process_died", null);
      if (row.state === "not_sent") notSent++;
    } else if (await toUnknown(ctx, orphan.id, orphan.sentAt ?? ctx.now())) unknown++;
  }
  return { unknown, notSent };
}

/** Session advisory locks with a bigint key show in pg_locks as two halves. */
const liveInstances = sql`
  select b.id from instance b join pg_locks l
    on l.locktype = 'advisory' and l.objsubid = 1 and l.granted
   and l.database = (select oid from pg_database where datname = current_database())
   and ((l.classid::bigint << 32) | l.objid::bigint) = b.lock_key`;

async function toUnknown(ctx: Ctx, id: string, sentAt: Date): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const now = ctx.now();
    // Only the lock may be gone, and the process alive. Its call can then still wait in the queue as long as a call may
    // last, and last as long again; and the journal's commit may have taken a moment before that.
    const longest = longestCallMs();
    const latestEnd = new Date(Math.max(now.getTime(), sentAt.getTime() + longest));
    const patch = { endedAt: latestEnd, reason: "process_died", nextReconcileAt: now };
    const row = await transitionOperation(tx, id, "sent", "unknown", patch);
    if (!row) return false;
    // How long ago it was sent only a wall clock says, which may be wrong: by this one it may have begun just now.
    callEndClock().note(id, longest);
    const entry = { action: "operation.unknown", ...auditTargetOf(row), outcome: "unknown" as const };
    await recordAudit(tx, ctx, { ...entry, detail: { kind: row.kind, reason: "process_died" } });
    return true;
  });
}
