import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { dailyUsage } from "@/lib/db/schema";
import { formatDate } from "@/lib/format/dates";
import { readSettings } from "@/lib/settings";
import { findApproval, type LimitSubject } from "./find-approval";
import type { Measure } from "./measure";

type Excess = { measure: Measure; asked: number; used: number; limit: number };

/** More than a user may do in one day. `asked` would come on top of `used`; `waiting` is the approval already asked for. */
export class DailyLimitError extends AppError {
  readonly measure: Measure;
  readonly asked: number;
  readonly used: number;
  readonly limit: number;

  constructor({ measure, asked, used, limit }: Excess, waiting: string | null) {
    const left = Math.max(0, limit - used);
    const params = { asked, used, limit, left, ...(waiting && { approvalId: waiting }) };
    super("too_many", messageKeys[measure], { params });
    this.measure = measure;
    this.asked = asked;
    this.used = used;
    this.limit = limit;
  }
}

const messageKeys: Record<Measure, string> = {
  callsMoved: "limit_calls_moved",
  cardsDestroyed: "limit_cards_destroyed",
  keysMade: "limit_keys_made",
};

/**
 * Count `asked` (calls, cards or keys) towards what the actor may do today, in the transaction that begins it. The row of
 * the user and the day is locked until that transaction ends, so concurrent ones never go over together. What is counted
 * is what was begun: it is not given back when it is refused later. Days are the console's time zone's.
 *
 * Over the limit an approval of exactly this lets it through: it is audited, its id is returned, and it does not count
 * towards the day. Without one it throws DailyLimitError, and the transaction must roll back. The system has no limit.
 */
export async function consumeDailyLimit(
  tx: Tx,
  ctx: Ctx,
  { measure, asked, subject }: { measure: Measure; asked: number; subject: LimitSubject },
): Promise<string | null> {
  const { actor } = ctx;
  if (actor.id === null || actor.role === "support") return null;
  const now = ctx.now();
  const limit = (await readSettings({ ctx: { db: tx } })).daily_limits[actor.role][measure];
  const { userId, day, measure: name, used } = dailyUsage;
  const today = formatDate(now, env().TZ_DISPLAY);
  const [row] = await tx
    .insert(dailyUsage)
    .values({ userId: actor.id, day: today, measure, used: asked })
    .onConflictDoUpdate({ target: [userId, day, name], set: { used: sql`${used} + excluded.used` } })
    .returning({ used });
  const total = row?.used ?? asked;
  if (total <= limit) return null;
  const excess = { measure, asked, used: total - asked, limit };
  const open = await findApproval(tx, { actorId: actor.id, now }, measure, subject);
  if (!open?.approved) throw new DailyLimitError(excess, open?.id ?? null);
  // Taken back while the row is still locked: what a second person let through leaves the day as it was.
  await tx
    .update(dailyUsage)
    .set({ used: sql`${used} - ${asked}` })
    .where(and(eq(userId, actor.id), eq(day, today), eq(name, measure)));
  const detail = { [`${subject.kind}Id`]: subject.id, ...excess };
  await recordAudit(tx, ctx, { action: "approval.used", targetKind: "approval", targetId: open.id, detail });
  return open.id;
}
