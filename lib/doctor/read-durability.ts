import type { Durability } from "./judge-facts.ts";

/** One statement without values, as any client or ORM runs it. */
export type RunQuery = (text: string) => Promise<{ rows: Record<string, unknown>[] }>;

/**
 * `synchronous_commit` is not looked at: the console's connections set their own (lib/db/client.ts). Any role sees that there are
 * standbys; a copy being taken counts as one only where the role may not see which it is.
 */
export async function readDurability(query: RunQuery): Promise<Durability> {
  const settings = await query(SETTINGS);
  const standbys = await query(STANDBYS).catch(() => null);
  const [row = {}] = settings.rows;
  return {
    undurable: (row.undurable ?? []) as string[],
    standbys: standbys && Number(standbys.rows[0]?.count),
    synchronous: row.synchronous === true,
  };
}

const SETTINGS = `
  select array_agg(name) filter (where name in ('fsync', 'full_page_writes') and setting = 'off') as undurable,
    bool_or(name = 'synchronous_standby_names' and setting <> '') as synchronous
  from pg_settings`;

const STANDBYS = `
  select count(*)::int as count from pg_stat_replication where state is null or state in ('startup', 'catchup', 'streaming')`;
