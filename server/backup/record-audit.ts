import { randomUUID } from "node:crypto";
import type pg from "pg";
import { type ChainKeys, entryMac } from "../../lib/audit-chain/index.ts";

export type AuditEntry = {
  action: string;
  targetKind?: string;
  targetId?: string;
  outcome?: "ok" | "failed" | "unknown";
  detail: Record<string, unknown>;
};

/** Write an audit row as the system, in the caller's transaction; the running console gives it its number. */
export async function recordAudit(client: pg.Client, keys: ChainKeys, entry: AuditEntry): Promise<void> {
  const row = {
    at: new Date(),
    actorId: null,
    actorName: "system",
    action: entry.action,
    targetKind: entry.targetKind ?? null,
    targetId: entry.targetId ?? null,
    outcome: entry.outcome ?? "ok",
    requestId: null,
    ip: null,
    userAgent: null,
    detail: entry.detail,
    about: [],
    nonce: randomUUID(),
  };
  const [key] = keys;
  await client.query(
    `insert into audit (at, actor_name, action, target_kind, target_id, outcome, detail, nonce, mac, mac_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      row.at,
      row.actorName,
      row.action,
      row.targetKind,
      row.targetId,
      row.outcome,
      JSON.stringify(row.detail),
      row.nonce,
      key ? entryMac(key.entry, row) : null,
      key?.tag ?? null,
    ],
  );
}
