import "server-only";
import type { ChainSource, Link, StoredEntry } from "./verify-chain.ts";

/** One statement; a pool's or a client's `query`. */
export type Query = (text: string, values: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;

const ENTRY = `a.id, a.at, a.actor_id, a.actor_name, a.action, a.target_kind, a.target_id, a.outcome, a.request_id, a.ip,
  a.user_agent, a.detail, a.about, a.nonce, a.mac as own_mac, a.mac_key as own_key`;

/** The chain as PostgreSQL has it; without an ORM, because `npm run audit:verify` runs on plain Node. */
export function chainSource(query: Query): ChainSource {
  return {
    links: async (after, limit) => {
      // Two looks by key: a join's plan may read all of both tables for each page.
      const { rows: seals } = await query(
        "select seq, audit_id, sealed_at, mac, mac_key from audit_seal where seq > $1 order by seq limit $2",
        [after, limit],
      );
      const ids = seals.map((seal) => seal.audit_id);
      const { rows } = await query(`select ${ENTRY} from audit a where a.id = any($1::bigint[])`, [ids]);
      const entries = new Map(rows.map((row) => [Number(row.id), entryOf(row)]));
      return seals.map((seal) => linkOf(seal, entries));
    },
    unsealed: async (afterId, limit) => {
      const { rows } = await query(
        `select ${ENTRY} from audit a where a.id > $1
           and not exists (select from audit_seal s where s.audit_id = a.id) order by a.id limit $2`,
        [afterId, limit],
      );
      return rows.map(entryOf);
    },
  };
}

function linkOf(row: Record<string, unknown>, entries: ReadonlyMap<number, StoredEntry>): Link {
  return {
    seq: Number(row.seq),
    auditId: Number(row.audit_id),
    sealedAt: row.sealed_at as Date,
    mac: String(row.mac),
    macKey: String(row.mac_key),
    entry: entries.get(Number(row.audit_id)) ?? null,
  };
}

function entryOf(row: Record<string, unknown>): StoredEntry {
  return {
    id: Number(row.id),
    at: row.at as Date,
    actorId: row.actor_id as string | null,
    actorName: String(row.actor_name),
    action: String(row.action),
    targetKind: row.target_kind as string | null,
    targetId: row.target_id as string | null,
    outcome: String(row.outcome),
    requestId: row.request_id as string | null,
    ip: row.ip as string | null,
    userAgent: row.user_agent as string | null,
    detail: row.detail,
    about: row.about as string[],
    nonce: row.nonce as string | null,
    mac: row.own_mac as string | null,
    macKey: row.own_key as string | null,
  };
}
