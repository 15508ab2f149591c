import "server-only";
import { sql } from "drizzle-orm";
import { openText, sealText } from "@/lib/core/app-keys";
import { env } from "@/lib/core/env";
import { cardEventContext } from "@/lib/core/sealing";
import type { Tx } from "@/lib/db/client";
import type { cardEvent } from "@/lib/db/schema";

type EventKind = (typeof cardEvent.$inferSelect)["kind"];

/** Kinds of events whose values are phones, user ids or codes. */
export const SECRET_EVENT_KINDS = ["owner", "redeemed", "code"] as const satisfies readonly EventKind[];

/** What such an event changed. */
type Values = { before: string | null; after: string | null };
/** `id` as text: it is bound to. */
export type SecretEvent = Values & { id: string };

/**
 * Put the values of events just written beside them, sealed and bound to their ids. Joins the caller's transaction. Without
 * APP_KEYS only the change is kept, not its values: what can't be sealed is not stored. Returns how many
 * were sealed.
 */
export async function sealEvents(tx: Tx, events: readonly SecretEvent[]): Promise<number> {
  if (events.length === 0 || !env().APP_KEYS) return 0;
  const sealed = events.map(({ id, before, after }) => ({
    id,
    sealed: sealValues(id, { before, after }).toString("hex"),
  }));
  const { rowCount } = await tx.execute(sql`
    update card_event set before = null, after = null, sealed = decode(s.sealed, 'hex')
    from json_to_recordset(${JSON.stringify(sealed)}::json) as s(id bigint, sealed text)
    where card_event.id = s.id and card_event.sealed is null`);
  return rowCount ?? 0;
}

const sealValues = (id: string, values: Values): Buffer => sealText(JSON.stringify(values), cardEventContext(id));

/** What a stored event changed, whatever its form. Null: it is sealed and can't be opened. */
export function openEvent(event: Values & { id: number; sealed: Buffer | null }): Values | null {
  if (!event.sealed) return { before: event.before, after: event.after };
  try {
    const { before, after } = JSON.parse(openText(event.sealed, cardEventContext(event.id))) as Values;
    return { before, after };
  } catch {
    return null;
  }
}
