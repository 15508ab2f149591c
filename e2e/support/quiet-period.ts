import pg from "pg";
import type { LaunchInfo } from "./cardesk";
import type { OwnCard } from "./own-cards";

/** Longer than any journey takes: it is over when a journey says so. */
export const QUIET_SECONDS = 3_600;

/** Move the call of a card's unknown operation so far into the past that its quiet period is over, and have it looked at. */
export async function endQuietPeriod({ databaseUrl }: LaunchInfo, card: OwnCard): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const moved = await client.query(
      `update operation set
         intent_at = intent_at - $2::interval, sent_at = sent_at - $2::interval, ended_at = ended_at - $2::interval,
         next_reconcile_at = now()
       where state = 'unknown' and id in (select operation_id from operation_card where card_id = $1)`,
      [card.id, `${QUIET_SECONDS} seconds`],
    );
    if (moved.rowCount !== 1) throw new Error(`${moved.rowCount} unknown operations of the card, not one`);
  } finally {
    await client.end();
  }
}
