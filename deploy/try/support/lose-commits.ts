import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { identityOf } from "../../../server/process/process-identity.ts";
import { waitUntil } from "../../../server/process/wait-until.ts";
import type { PatroniCluster } from "./patroni-cluster.ts";

const COMMITS = 50;
/** A commit that waits for a standby is given up after this time, as a console would. */
const GIVE_UP_MS = 3_000;

/**
 * Hold up the primary's senders, as a slow network does; commit, then kill the node. Returns how many commits were
 * acknowledged, and how many of those the new primary does not have.
 */
export async function commitAndLosePrimary(
  cluster: PatroniCluster,
  { synchronous }: { synchronous: boolean },
): Promise<{ acknowledged: number; lost: number }> {
  const connectionString = cluster.urlOf("cardesk");
  const old = await cluster.primary();
  if (!old) throw new Error("no primary");
  await onOne(connectionString, async (client) => {
    await client.query("create table if not exists acknowledged (n int primary key)");
    await client.query("truncate acknowledged");
  });
  const senders = await onOne(cluster.urlOf("postgres"), async (client) => {
    const { rows } = await client.query<{ pid: number }>("select pid from pg_stat_replication");
    return rows.flatMap(({ pid }) => identityOf(pid) ?? []).map((identity) => Number.parseInt(identity, 10));
  });
  for (const pid of senders) process.kill(pid, "SIGSTOP");
  let acknowledged = 0;
  try {
    await onOne(connectionString, async (client) => {
      for (let n = 0; n < COMMITS; n++) {
        const commit = client.query({ text: "insert into acknowledged values ($1)", values: [n] });
        const done = await Promise.race([commit.then(() => true), sleep(GIVE_UP_MS, false)]);
        commit.catch(() => undefined);
        if (!done) return;
        acknowledged += 1;
      }
    });
  } finally {
    old.kill("both");
    // Not earlier: PostgreSQL would take the death of one for a crash, and let the others send what is left.
    for (const pid of senders) if (identityOf(pid)) process.kill(pid, "SIGKILL");
  }
  const isOther = async () => {
    const primary = await cluster.primary();
    return primary !== undefined && primary !== old;
  };
  if (!(await waitUntil(isOther, 120_000, 250))) throw new Error("nobody was promoted");
  const isReached = () => onOne(connectionString, (client) => client.query("select 1")).then(...yesNo);
  await waitUntil(isReached, 30_000, 250);
  const kept = await onOne(connectionString, async (client) => {
    const { rows } = await client.query<{ n: number }>("select count(*)::int as n from acknowledged where n < $1", [
      acknowledged,
    ]);
    return rows[0]?.n ?? 0;
  });
  old.start();
  if (!(await waitUntil(() => cluster.isWhole({ synchronous }), 180_000, 250)))
    throw new Error(`${old.name} has not rejoined`);
  return { acknowledged, lost: acknowledged - kept };
}

const yesNo = [() => true, () => false] as const;

async function onOne<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    // One whose commit still waits would wait with it.
    void client.end().catch(() => undefined);
  }
}
