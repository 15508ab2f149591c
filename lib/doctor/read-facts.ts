import { readHeads } from "../audit-chain/index.ts";
import type { Facts } from "./judge-facts.ts";
import { type RunQuery, readDurability } from "./read-durability.ts";

/** Read what the checks are made of; the running console's role may. `folder` holds the audit's heads. */
export async function readFacts(query: RunQuery, folder: string): Promise<Facts> {
  const [{ rows }, heads] = await Promise.all([query(FACTS), readHeads(folder)]);
  const durability = await readDurability(query);
  const [row = {}] = rows;
  const settings = (row.settings ?? {}) as Record<string, Record<string, unknown>>;
  const newest = heads?.reduce((best, head) => (head.seq >= best.seq ? head : best), { seq: 0, mac: "", at: "" });
  const there =
    newest && newest.seq > 0 ? await query(`select mac from audit_seal where seq = ${Number(newest.seq)}`) : null;
  const { last_backup: backup, backup_failed: failed, restored, writes_paused: paused } = settings;
  return {
    version: String(row.version),
    versionNumber: Number(row.version_number),
    trigrams: row.trigrams === true,
    split: row.split === true,
    role: String(row.role),
    durability,
    migration: Number(row.migration),
    failedJobs: Number(row.failed_jobs),
    undecided: Number(row.undecided),
    sources: ((row.sources ?? []) as Source[]).map(({ source, at, error }) => ({
      source,
      lastSuccessAt: at ? new Date(at) : null,
      errorKey: error,
    })),
    wholeAt: row.whole_at ? new Date(String(row.whole_at)) : null,
    unnumbered: Number(row.unnumbered),
    notedHead: newest && there ? { seq: newest.seq, there: there.rows[0]?.mac === newest.mac } : null,
    pausedSince: paused ? String(paused.since) : null,
    lastBackup: backup ? { takenAt: String(backup.takenAt), restored: backup.restored === true } : null,
    backupFailedAt: failed ? String(failed.at) : null,
    restored: restored ? { takenAt: String(restored.takenAt), differing: Number(row.differing) } : null,
  };
}

type Source = { source: string; at: string | null; error: string | null };

const FACTS = `
  with restored as (select (value ->> 'restoredAt')::timestamptz as at from setting where key = 'restored')
  select current_setting('server_version') as version, current_setting('server_version_num')::int as version_number,
    exists (select from pg_extension where extname = 'pg_trgm') as trigrams,
    current_user as role,
    (select not (has_table_privilege(oid, 'update, delete, truncate') or pg_has_role(relowner, 'member'))
      from pg_class where oid = 'audit'::regclass) as split,
    (select max(created_at) from drizzle.__drizzle_migrations) as migration,
    (select count(*)::int from pgboss.job where state = 'failed' and completed_on > now() - interval '1 hour') as failed_jobs,
    (select count(*)::int from operation where state = 'unknown' and needs_manual_resolution is not null) as undecided,
    (select jsonb_agg(jsonb_build_object('source', source, 'at', last_success_at, 'error', error_key)) from upstream_status)
      as sources,
    (select max(finished_at)::text from sync_run where state = 'done' and "full") as whole_at,
    (select count(*)::int from audit where id > coalesce((select max(audit_id) from audit_seal), 0)
      and at < now() - interval '5 minutes') as unnumbered,
    (select jsonb_object_agg(key, value) from setting where key in ('last_backup', 'backup_failed', 'restored', 'writes_paused')) as settings,
    (select count(distinct card_id)::int from card_event, restored where operation_id is null
      and card_event.at between restored.at and restored.at + interval '1 day') as differing`;
