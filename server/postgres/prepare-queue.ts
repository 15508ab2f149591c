import type pg from "pg";
import { PgBoss } from "pg-boss";
import packageJson from "pg-boss/package.json" with { type: "json" };
import { waitUntil } from "../process/wait-until.ts";

/** A newer queue's indexes are built one after the other; one that is not done by then is built at the next start. */
const indexesMs = 60_000;

/** Whether the queue's tables are those of this version. */
export async function isQueueCurrent(client: pg.Client): Promise<boolean> {
  const table = await client.query("select to_regclass('pgboss.version') is not null as there");
  if (!table.rows[0]?.there) return false;
  const { rows } = await client.query(
    `select version, exists (select from pgboss.bam where status <> 'completed') as pending from pgboss.version`,
  );
  return rows[0]?.version === packageJson.pgboss.schema && !rows[0]?.pending;
}

/**
 * Make the queue's tables, or bring them up to this version, as the role that owns the database: the running console may
 * not, and does not try.
 */
export async function prepareQueue(connectionString: string): Promise<void> {
  const owner = { supervise: false, schedule: false, bamIntervalSeconds: 10 };
  const boss = new PgBoss({ connectionString, max: 2, application_name: "cardesk-migrate", ...owner });
  // A failed index is tried again; whether one is missing is asked below.
  boss.on("error", () => undefined);
  await boss.start();
  const isBuilt = async () => (await boss.getBamStatus()).every(({ status }) => status === "completed");
  try {
    await waitUntil(isBuilt, indexesMs, 200);
  } finally {
    await boss.stop({ graceful: true, timeout: 5_000 });
  }
}
