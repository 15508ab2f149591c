import "server-only";
import { sql } from "drizzle-orm";
import { CLOCK_TOLERANCE_MS } from "@/lib/core/clock-tolerance";
import type { Tx } from "@/lib/db/client";
import type { PotatoKey } from "@/lib/upstream";
import type { Fingerprint } from "../vault/fingerprint";

/**
 * Keep what a page of the list, asked for at `at`, shows of keys we hold; others are none of ours and leave no trace. What
 * the upstream left out stays as it was, and an older page never overwrites a newer one. One statement.
 */
export async function storeKeyStatus(
  tx: Tx,
  keys: readonly PotatoKey[],
  { at, print }: { at: Date; print: Fingerprint },
): Promise<void> {
  if (keys.length === 0) return;
  // A time that is yet to come is of before the clock was set back.
  const toCome = new Date(Date.now() + CLOCK_TOLERANCE_MS);
  const rows = keys.map((key) => ({
    fingerprint: print(key.cardStr),
    used: key.used,
    deleted: key.deleted,
    expires_at: key.expiresAt,
    device: key.device,
    export_state: key.exportState,
  }));
  await tx.execute(sql`
    update card_key k set used = coalesce(i.used, k.used), deleted = coalesce(i.deleted, k.deleted),
      expires_at = coalesce(i.expires_at, k.expires_at), device = coalesce(i.device, k.device),
      export_state = coalesce(i.export_state, k.export_state), seen_at = ${at}
    from json_to_recordset(${JSON.stringify(rows)}::json) as i(
      fingerprint text, used boolean, deleted boolean, expires_at timestamptz, device text, export_state int)
    where k.fingerprint = i.fingerprint and k.flag is distinct from 'duplicate' and coalesce(k.seen_at <= ${at} or k.seen_at > ${toCome}, true)`);
}
