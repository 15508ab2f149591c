import type pg from "pg";
import { type Durability, judgeDurability, OLDEST_POSTGRES, readDurability } from "../../lib/doctor/index.ts";
import { LaunchError } from "../process/launch-error.ts";
import { connect } from "./connect.ts";
import { type Ask, keepsSession } from "./keeps-session.ts";

type Options = {
  /** Money is moved by what it acknowledges: false in the demo. */
  mustBeDurable: boolean;
  log: (line: string) => void;
};

/**
 * Whether this server can be worked on at all, before anything is changed there: new enough, no standby, one that keeps what
 * it acknowledged, and no pooler that lends sessions for a transaction only. Throws {@link LaunchError}; says what is possible and unwise.
 */
export async function checkServer(connectionString: string, { mustBeDurable, log }: Options): Promise<void> {
  const client = await connect(connectionString);
  try {
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as version, pg_is_in_recovery() as standby`,
    );
    const durability = await readDurability((text) => client.query(text));
    const { refusal, warning } = judgeServer({ ...(rows[0] as Server), durability });
    if (refusal && (mustBeDurable || !refusal.onlyForMoney)) throw new LaunchError(refusal.says);
    if (warning) log(warning);
    if (!(await isOneSession(client, connectionString))) throw new LaunchError(lendsTransactions);
  } finally {
    await client.end();
  }
}

async function isOneSession(client: pg.Client, connectionString: string): Promise<boolean> {
  const another = await connect(connectionString);
  const ask =
    (on: pg.Client): Ask =>
    async (text) =>
      (await on.query(text)).rows[0];
  try {
    return await keepsSession(ask(client), ask(another));
  } finally {
    await another.end();
  }
}

type Server = { number: number; version: string; standby: boolean };
type Judgement = { refusal?: { says: string; onlyForMoney: boolean }; warning?: string };

/** What is wrong with a server: to be refused, or to be said. */
export function judgeServer({ number, version, standby, durability }: Server & { durability: Durability }): Judgement {
  if (number < OLDEST_POSTGRES) return { refusal: { says: tooOld(version), onlyForMoney: false } };
  if (standby) return { refusal: { says: isStandby, onlyForMoney: false } };
  const { says, params } = judgeDurability(durability);
  if (says === "durability_off") return { refusal: { says: losesWrites(params.names), onlyForMoney: true } };
  return says === "durability_async" ? { warning: asynchronous } : {};
}

const tooOld = (version: string): string =>
  `PostgreSQL ${version} is too old: Cardesk needs ${OLDEST_POSTGRES / 10_000} or newer.`;

const isStandby =
  "The database at DATABASE_URL is a standby, which nothing can be written to: name the primary, or a proxy that knows it.";

const lendsTransactions =
  "The database is reached through a pooler that gives each transaction another session (PgBouncer's pool_mode = transaction, an " +
  "address with “-pooler”). A console's lock belongs to a session: use pool_mode = session, or the server's own address. See docs/SCALE.md.";

const losesWrites = (names: unknown): string =>
  `The database can lose what it has acknowledged (${names} off), so that a transfer could be sent and forgotten: turn it on in postgresql.conf.`;

const asynchronous =
  "Warning: the database has standbys and waits for none of them. When one takes over, acknowledged writes can be lost: " +
  "set synchronous_standby_names (Patroni: synchronous_mode). See docs/SCALE.md.";
