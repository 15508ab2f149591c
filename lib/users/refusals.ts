import "server-only";
import { lte, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import { type Ctx, SYSTEM } from "@/lib/context";
import type { Tx } from "@/lib/db/client";
import { signInRefusal } from "@/lib/db/schema";

const MINUTE_MS = 60_000;

type Refusal = {
  /** "blocked": too many tries. "refused": a name nobody has. */
  kind: "blocked" | "refused";
  /** Null for a name nobody has: it may be a password typed into the wrong box, and is not written down. */
  found: { id: string; name: string } | null;
};

/** Note a refused sign-in of the kind that comes by the thousand; {@link recordRefusals} takes it to the audit. */
export async function noteRefusal(ctx: Ctx, { kind, found }: Refusal): Promise<void> {
  const { id: userId = null, name: username = null } = found ?? {};
  const row = { key: `${kind}:${userId ?? ""}`, action: `session.${kind}`, userId, username, count: 1 };
  await ctx.db
    .insert(signInRefusal)
    .values({ ...row, since: ctx.now(), ip: ctx.ip })
    .onConflictDoUpdate({
      target: signInRefusal.key,
      set: { count: sql`${signInRefusal.count} + 1`, ip: ctx.ip },
    });
}

/** Write the refused sign-ins of the last minute to the audit: one row a key, with the count and the last address. */
export async function recordRefusals({ ctx }: { ctx: Ctx }): Promise<void> {
  const over = lte(signInRefusal.since, new Date(ctx.now().getTime() - MINUTE_MS));
  await ctx.db.transaction(async (tx: Tx) => {
    for (const row of await tx.delete(signInRefusal).where(over).returning()) {
      const anonymous = { ...ctx, actor: { ...SYSTEM, name: "anonymous" }, ip: row.ip };
      const detail = {
        ...(row.username && { username: row.username }),
        count: row.count,
        since: row.since.toISOString(),
      };
      await recordAudit(tx, anonymous, {
        action: row.action,
        targetKind: "user",
        ...(row.userId && { targetId: row.userId }),
        outcome: "refused",
        detail,
      });
    }
  });
}
