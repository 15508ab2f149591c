import type pg from "pg";
import type { ChainKeys } from "../../lib/audit-chain/index.ts";
import { recordAudit } from "./record-audit.ts";

export type Secured = {
  /** Calls that may have been made after the backup: unknown now. */
  operations: number;
  /** Batches that were to go on, or to be resumed: paused. */
  batches: number;
  sessions: number;
};

/**
 * Make restored rows safe, in the caller's transaction and as the owner of the tables: they end at the moment of the
 * backup, the upstreams went on. Nothing is sent until an administrator resumes writes; what was about to be sent counts as
 * perhaps sent; what was granted for a while is over. Audited.
 */
export async function secureRestored(
  client: pg.Client,
  { takenAt, keys }: { takenAt: string; keys: ChainKeys },
): Promise<Secured> {
  const now = new Date();
  const count = async (text: string, values: unknown[] = [now]) => (await client.query(text, values)).rowCount ?? 0;

  await count(
    `insert into setting (key, value, updated_at) values ('writes_paused', $2::jsonb, $1)
     on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at, updated_by = null`,
    [now, JSON.stringify({ since: now.toISOString(), by: null, byName: "system", reason: pauseReason(takenAt) })],
  );

  // An intent of the backup may have been sent a moment later, and a draft confirmed.
  await count("update operation set expires_at = $1 where state = 'draft' and expires_at > $1");
  await client.query("update operation set state = 'sent', sent_at = intent_at where state = 'intent'");
  const { rows: sent } = await client.query<{ id: string; kind: string }>(
    `update operation set state = 'unknown', reason = 'restored', ended_at = $1 where state = 'sent' returning id, kind`,
    [now],
  );
  for (const { id, kind } of sent) {
    const target = { targetKind: "operation", targetId: id };
    const detail = { kind, reason: "restored" };
    await recordAudit(client, keys, { action: "operation.unknown", ...target, outcome: "unknown", detail });
  }
  // Balances from before the call prove nothing any more: operations of after the backup may have moved them. Without them
  // readings are shown, and a person decides.
  const operations = await count(
    `update operation set next_reconcile_at = $1, baseline = case when kind = 'transfer' then null else baseline end
     where state = 'unknown'`,
  );

  // Also those that go on by themselves when the upstream is back: keys may have been made that are not here.
  const batches = await count(
    `update batch set state = 'paused', paused_reason = 'restored', paused_details = null, paused_clock_offset_ms = null,
       updated_at = $1 where state in ('generating', 'paused')`,
  );

  const sessions = await count("update session set revoked_at = $1 where revoked_at is null and expires_at > $1");
  await client.query("delete from sign_in_ticket");
  await client.query("delete from single_sign_on_attempt");
  await count("update one_time_link set expires_at = $1 where used_at is null and expires_at > $1");
  // What was approved may have been done already; that what was asked for never changes is for the running console.
  await client.query("alter table approval disable trigger user");
  await count("update approval set expires_at = greatest($1, requested_at) where expires_at > $1");
  await client.query("alter table approval enable trigger user");

  // What people were to be told at the time of the backup is old news, and so is what was wrong: what is wrong now is told
  // anew, and nothing is called well again that has long been so.
  await client.query("delete from alert_notice");
  await client.query("delete from alert_state");
  await count(
    "update alert_delivery set state = 'given_up', ended_at = $1, error_key = 'restored' where state = 'waiting'",
  );

  const restored = { takenAt, restoredAt: now.toISOString(), operations, batches, sessions };
  await count(
    `insert into setting (key, value, updated_at) values ('restored', $2::jsonb, $1)
     on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at`,
    [now, JSON.stringify(restored)],
  );
  await recordAudit(client, keys, { action: "backup.restored", detail: { takenAt, operations, batches, sessions } });
  await recordAudit(client, keys, { action: "writes.paused", detail: { reason: pauseReason(takenAt) } });
  return { operations, batches, sessions };
}

/** Stored once and shown to everybody: in both languages. */
const pauseReason = (takenAt: string): string =>
  `从 ${takenAt} 的备份恢复：之后发出的操作和生成的卡密不在这里，请先核对上游再恢复写操作。 / Restored from a backup of ` +
  `${takenAt}: operations and keys of after that are not here. Check the upstreams before you resume writes.`;
