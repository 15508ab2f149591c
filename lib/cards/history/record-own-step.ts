import "server-only";
import { and, asc, eq, gte, isNull, type SQL, sql } from "drizzle-orm";
import { env } from "@/lib/core/env";
import type { Tx } from "@/lib/db/client";
import { card, cardBalance, cardDailyUse, cardEvent } from "@/lib/db/schema";
import { splitStep } from "./split-step";

type OwnStep = {
  operationId: string;
  cardId: string;
  /** Calls our operation adds; negative on a transfer's source. */
  calls: number;
  /** The balance read before the call. */
  baseline: number;
  /** When the operation's intent was journalled: no reading before it can show the step. */
  since: Date;
  /**
   * When the call succeeded: if no reading has shown the step yet, the mirror shows it from then on. Null: only readings
   * know of it, and the mirror has them.
   */
  appliedAt: Date | null;
};

/**
 * Tell our own change of a card's balance apart from what its owner used. A reading may have shown it already: then that
 * event is split, the step becomes the operation's, and is taken out of the day's use. Joins the caller's transaction,
 * which has the card locked. A step that is recorded already is left alone.
 */
export async function recordOwnStep(tx: Tx, step: OwnStep): Promise<void> {
  const { operationId, cardId, appliedAt } = step;
  const mine = and(eq(cardEvent.cardId, cardId), eq(cardEvent.operationId, operationId));
  if ((await tx.select({ id: cardEvent.id }).from(cardEvent).where(mine).limit(1)).length) return;
  if (await attributeReading(tx, step)) return;
  if (appliedAt) await showStep(tx, step, appliedAt);
}

/** Give the operation its part of the first event that can contain it. */
async function attributeReading(tx: Tx, { operationId, cardId, since, calls, baseline }: OwnStep): Promise<boolean> {
  const events = await tx
    .select()
    .from(cardEvent)
    .where(
      and(
        eq(cardEvent.cardId, cardId),
        eq(cardEvent.kind, "balance"),
        isNull(cardEvent.operationId),
        gte(cardEvent.at, since),
      ),
    )
    .orderBy(asc(cardEvent.id));
  for (const { id, at, before, after } of events) {
    if (!isNumber(before) || !isNumber(after)) continue;
    const split = splitStep({ before: Number(before), after: Number(after) }, { calls, baseline });
    if (!split) continue;
    const middle = String(split.middle);
    await tx.update(cardEvent).set({ operationId, after: middle }).where(eq(cardEvent.id, id));
    if (middle !== after) await tx.insert(cardEvent).values({ cardId, at, kind: "balance", before: middle, after });
    await addDailyUse(tx, { cardId, at, calls: split.used - split.usedBefore });
    return true;
  }
  return false;
}

/** The answer has no balances: show what follows from the last reading before it. Readings newer than `at` win. */
async function showStep(tx: Tx, { operationId, cardId, calls, baseline }: OwnStep, at: Date): Promise<void> {
  const [stored] = await tx.select().from(card).where(eq(card.id, cardId));
  if (!stored || stored.readAt > at) return;
  // A reading since the baseline that does not show the step is of the time before it.
  const before = Math.min(stored.balance ?? baseline, baseline);
  const balance = Math.max(0, before + calls);
  await tx.update(card).set({ balance, unlimited: false, readAt: at }).where(eq(card.id, cardId));
  await tx.insert(cardBalance).values({ cardId, at, balance, source: "operation" });
  const change = { before: String(before), after: String(balance) };
  await tx.insert(cardEvent).values({ cardId, at, kind: "balance", ...change, operationId });
}

/** Correct the use of the day of `at`; never below 0, and a day without use has no row. */
async function addDailyUse(tx: Tx, { cardId, at, calls }: { cardId: string; at: Date; calls: number }): Promise<void> {
  if (calls === 0) return;
  const day: SQL<string> = sql`(${at}::timestamptz at time zone ${env().TZ_DISPLAY}::text)::date`;
  const target = [cardDailyUse.cardId, cardDailyUse.day];
  const sum = sql`${cardDailyUse.calls} + ${calls}::bigint`;
  if (calls > 0) {
    const first = tx.insert(cardDailyUse).values({ cardId, day, calls });
    await first.onConflictDoUpdate({ target, set: { calls: sum } });
    return;
  }
  const ofDay = and(eq(cardDailyUse.cardId, cardId), sql`${cardDailyUse.day} = ${day}`);
  const rest = await tx.delete(cardDailyUse).where(and(ofDay, sql`${sum} <= 0`));
  if (!rest.rowCount) await tx.update(cardDailyUse).set({ calls: sum }).where(ofDay);
}

const isNumber = (text: string | null): boolean => text !== null && /^\d+$/.test(text);
