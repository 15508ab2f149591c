import "server-only";
import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { audit } from "@/lib/db/schema";
import { readSettings } from "@/lib/settings";

const HOUR_MS = 60 * 60_000;
/** What counts: a phone, a code or a card key, shown or copied. */
const REVEALS = ["card.revealed", "card_key.revealed", "card_key.copied"];

/** More reveals than a user may make in an hour. Thrown inside the transaction, which must roll back. */
export class RevealLimitError extends AppError {
  readonly limit: number;

  constructor(limit: number, minutes: number) {
    super("too_many", limit === 0 ? "reveals_not_allowed" : "limit_reveals", { params: { limit, minutes } });
    this.limit = limit;
  }
}

/**
 * Make room for one more reveal's record in this transaction. The records themselves are what is counted, over the last
 * 60 minutes and of all kinds together; reveals of one user wait for each other until they are committed, so that together
 * they never go over. Throws RevealLimitError, which says in how many minutes the next one is allowed.
 */
export async function consumeReveal(tx: Tx, ctx: Ctx): Promise<void> {
  const { id, name, role } = ctx.actor;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`cardesk.reveal.${id ?? name}`}, 0))`);
  const limit = (await readSettings({ ctx: { db: tx } })).disclosure_limits[`${role}Reveals`];
  const now = ctx.now().getTime();
  const own = id === null ? eq(audit.actorName, name) : eq(audit.actorId, id);
  const hour = gt(audit.at, new Date(now - HOUR_MS));
  const recent = and(own, inArray(audit.action, REVEALS), eq(audit.outcome, "ok"), hour);
  const newest = await tx
    .select({ at: audit.at })
    .from(audit)
    .where(recent)
    .orderBy(sql`${audit.at} desc`)
    .limit(limit);
  if (newest.length < limit) return;
  // The next one is allowed when the oldest of them is an hour ago.
  const freeAt = (newest.at(-1)?.at.getTime() ?? now) + HOUR_MS;
  throw new RevealLimitError(limit, Math.max(1, Math.ceil((freeAt - now) / 60_000)));
}
