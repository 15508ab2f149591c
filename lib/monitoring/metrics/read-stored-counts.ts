import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { log } from "@/lib/core/log";
import { sharedSlot } from "@/lib/core/shared-slot";
import { database, limited } from "@/lib/db/client";

/** One number of the database. `name` without the prefix. */
export type StoredCount = { name: string; labels: Record<string, string>; value: number };
export type StoredCounts = { rows: StoredCount[]; answered: boolean };

type Statement = { text: string; keptMs: number; limitMs: number };
type State = { rows: StoredCount[]; at: number; reading: Promise<StoredCount[]> | undefined };

/** How long a scrape waits for the database; Prometheus itself gives up after ten seconds by default. */
const WAIT_MS = 2_000;

const slot = sharedSlot<Map<string, State>>("metrics-counts");

/**
 * What a statement counts, at most once in its time whoever asks, and never twice at once: a frozen database costs one
 * connection. Without an answer in time there are no rows: what is not known is left out, never old and never 0.
 */
async function readCounts(name: string, { text, keptMs, limitMs }: Statement): Promise<StoredCounts> {
  slot.value ??= new Map();
  const state: State = slot.value.get(name) ?? { rows: [], at: Number.NEGATIVE_INFINITY, reading: undefined };
  slot.value.set(name, state);
  if (performance.now() - state.at < keptMs) return { rows: state.rows, answered: true };
  state.reading ??= database()
    .pool.query<StoredCount>(limited({ text }, limitMs))
    .then(({ rows }) => {
      Object.assign(state, { rows, at: performance.now() });
      return rows;
    })
    .finally(() => {
      state.reading = undefined;
    });
  const late = new AbortController();
  try {
    const tooLate = delay(WAIT_MS, undefined, { signal: late.signal, ref: false });
    const rows = await Promise.race([state.reading, tooLate]);
    return { rows: rows ?? [], answered: rows !== undefined };
  } catch (error) {
    log().debug({ err: error }, "metrics of the database");
    return { rows: [], answered: false };
  } finally {
    late.abort();
  }
}

/** Forget what was counted: the next scrape asks again. For tests. */
export function forgetStoredCounts(): void {
  slot.value = undefined;
}

/** By an index or from small tables: what alerts are made of. */
export const readWatched = () => readCounts("watched", { text: WATCHED, keptMs: 5_000, limitMs: 5_000 });

/** Whole tables are counted, so seldom, and apart: with a hundred million rows the others still answer. */
export const readTotals = () => readCounts("totals", { text: TOTALS, keptMs: 60_000, limitMs: 20_000 });

const WATCHED = `
  select name, labels, value::float8 as value from (
    select 'unknown_overdue' as name, '{}'::jsonb as labels, count(*)::numeric as value
      from operation where state = 'unknown' and coalesce(sent_at, created_at) < now() - interval '15 minutes'
    union all
    select 'manual_resolution', '{}', count(*) from operation where state = 'unknown' and needs_manual_resolution is not null
    union all
    select 'unknown_oldest', '{}', extract(epoch from now() - min(coalesce(sent_at, created_at)))
      from operation where state = 'unknown' having count(*) > 0
    union all
    select 'batches', jsonb_build_object('state', state), count(*) from batch group by state
    union all
    select 'drift', jsonb_build_object('upstream', upstream), sum(count) from contract_drift
      where upstream in ('espai', 'potato', 'talkbot') group by upstream
    union all
    select 'mirror_at', '{}', extract(epoch from max(finished_at)) from sync_run where state = 'done' and "full" having count(*) > 0
    union all
    (select 'sync_duration', '{}', extract(epoch from finished_at - started_at) from sync_run
      where finished_at is not null order by started_at desc limit 1)
    union all
    select 'polled_at', jsonb_build_object('source', source), extract(epoch from last_success_at)
      from upstream_status where last_success_at is not null
    union all
    (select reading.name, '{}', reading.value from (select * from billing_reading order by at desc, id desc limit 1) last,
      lateral (values ('billing_points', last.remaining_points_micro / 1000000.0),
        ('billing_amount', last.remaining_amount_micro / 1000000.0), ('billing_at', extract(epoch from last.at))) as reading (name, value))
    union all
    select job.name, jsonb_build_object('queue', queue, 'state', state), value from (
      select name as queue, case when state in ('created', 'retry') then 'waiting' else state::text end as state, count(*) as total,
        extract(epoch from now() - min(created_on)) as age
      from pgboss.job where state in ('created', 'retry', 'active', 'failed')
        and (state <> 'failed' or completed_on > now() - interval '1 hour') group by 1, 2) queued,
      lateral (values ('jobs', total::numeric), ('jobs_oldest', age)) as job (name, value)
    union all
    (select 'audit_head_at', '{}', extract(epoch from sealed_at) from audit_seal order by seq desc limit 1)
    union all
    select 'audit_unnumbered', '{}', count(*) from audit where id > coalesce((select max(audit_id) from audit_seal), 0)
    union all
    select 'audit_unnumbered_oldest', '{}', extract(epoch from now() - min(at)) from audit
      where id > coalesce((select max(audit_id) from audit_seal), 0) having count(*) > 0
    union all
    select 'backup_at', '{}', extract(epoch from (value ->> 'takenAt')::timestamptz) from setting where key = 'last_backup'
    union all
    select 'writes_paused', '{}', count(*) from setting where key = 'writes_paused' and value <> 'null'
  ) counted where value is not null order by 1, 2`;

const TOTALS = `
  select name, labels, value::float8 as value from (
    select 'cards' as name, jsonb_build_object('type', case when type in ('0', '1', '2', '3', '4', '5') then type else 'unknown' end) as labels,
      count(*) as value from card where gone_at is null group by 2
    union all
    select 'operations', jsonb_build_object('kind', kind, 'state', state), count(*) from operation group by kind, state
    union all
    select 'card_keys', '{}', count(*) from card_key
    union all
    select 'card_keys_unused', jsonb_build_object('type', key_type::text), count(*) from card_key
      where used = false and deleted is not true and (expires_at is null or expires_at > now())
        and flag is distinct from 'duplicate' and key_type between 0 and 5 group by key_type
  ) counted order by 1, 2`;
