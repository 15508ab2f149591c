import type { Sample } from "./sample.ts";

/** Growth that a fixed set of pages would not show either. */
const NOTHING_BYTES = 512 * 1024;

/** Why a table grows, and what ends it. A table that grows and is not here is a finding. */
const ENDED_BY: Readonly<Record<string, string>> = {
  "public.card": "one row a card; every sync writes when it was read, and autovacuum takes the dead versions",
  "public.card_seen": "one row a card; autovacuum takes the dead versions",
  "public.card_name": "one row a nickname",
  "public.card_balance": "one row a card and balance it had on a day; stays",
  "public.card_event": "one row a change; deleted after the setting `retention` (400 days), hourly",
  "public.card_daily_use": "one row a card and day; deleted after `retention`, hourly",
  "public.card_use": "one row a card that is used; replaced by each sync",
  "public.operation":
    "one row an operation, the record of what was done; stays, the upstream's words in it go after `retention`",
  "public.operation_card": "two rows a transfer; stays with its operation",
  "public.operation_reading": "readings of what had no answer; deleted after `retention`",
  "public.audit": "one row an action of a person; stays",
  "public.audit_seal": "the chain over the audit, one row a record; stays",
  "public.card_key": "one row a key that was made; stays",
  "public.batch": "one row a batch; stays",
  "public.billing_reading": "one row a changed balance; read for 30 days",
  "public.billing_usage": "one row a day and model; deleted after 400 days",
  "public.session": "one row a sign-in; deleted after `retention`",
  "public.known_device": "one row a user and browser",
  "public.sync_run": "one row a sync; deleted after 30 days",
  "public.refusal": "rows of a minute, taken to the audit and deleted every minute",
  "public.daily_usage": "one row a user and day",
  "public.counted_search": "searches of the last hour",
  "public.upstream_status": "one row an upstream; autovacuum takes the dead versions",
  "pgboss.job": "jobs of the last hour (`deleteAfterSeconds` 3600), deleted by the queue itself",
};
/** pg-boss keeps the jobs of every queue in a partition or table of its own name. */
const QUEUE_TABLE = /^pgboss\.(job|j[0-9a-f]+|job_common)/;

/** What each table had at first and at last, and what is not explained. */
export function explainGrowth(first: Sample, last: Sample): { lines: string[]; unexplained: string[] } {
  const grown = Object.entries(last.tables)
    .map(([name, now]) => ({ name, now, before: first.tables[name]?.bytes ?? 0 }))
    .filter(({ now, before }) => now.bytes - before > NOTHING_BYTES)
    .toSorted((a, b) => b.now.bytes - b.before - (a.now.bytes - a.before));
  const why = (name: string) => ENDED_BY[QUEUE_TABLE.test(name) ? "pgboss.job" : name];
  const lines = grown.map(
    ({ name, now, before }) =>
      `${name}: ${mb(before)} → ${mb(now.bytes)} MB, ${now.live} rows, ${now.dead} dead, vacuumed ${now.vacuums} times: ${why(name) ?? "NOT EXPLAINED"}`,
  );
  return { lines, unexplained: grown.map(({ name }) => name).filter((name) => !why(name)) };
}

const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);
