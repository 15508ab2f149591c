import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Console } from "../../../chaos/cluster/console.ts";
import { DbReader } from "../../../chaos/cluster/db-reader.ts";
import { upstreamEnv } from "../../../chaos/cluster/upstreams.ts";
import { type Sandbox, startSandbox } from "../../../sandbox/start-sandbox.ts";
import { balanceOf } from "../../../sandbox/store/card-row.ts";

/** One console with its own PostgreSQL, the stand-in upstreams, and ten support users beside the operator. */
export type World = {
  console: Console;
  sandbox: Sandbox;
  password: string;
  users: string[];
  /** Cards to move calls between; nobody else uses them, so that a reading decides what became of a transfer. */
  transferable: string[];
  quietPeriodSeconds: number;
  /** A reader for the database as it runs now: a restart of the console takes PostgreSQL along. */
  read: <T>(work: (db: DbReader) => Promise<T>) => Promise<T>;
  folder: string;
  close: (how: { keep: boolean }) => Promise<void>;
};

const CARDS = 10_000;
const USERS = 10;
const TRANSFERABLE = 40;
/** The console counts an unknown outcome as decidable after this; shorter runs wait shorter. */
const LONGEST_QUIET_SECONDS = 600;

/** Start the upstreams in this process and a console as `npm start` does, with every interval as it is by default. */
export async function openWorld({ minutes, seed }: { minutes: number; seed: number }): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), "cardesk-soak-"));
  // As root, PostgreSQL runs as another user, who must be able to enter.
  chmodSync(folder, 0o755);
  const latencyMs = { espai: 60, potato: 200, talkbot: 60 };
  const sandbox = await startSandbox({ seed, cards: CARDS, options: { latencyMs, jitterMs: 80, sign: "v3" } });
  const cards = [...sandbox.store.cards.values()];
  const rich = cards.filter((card) => card.user_phone && card.type !== "0" && (balanceOf(card) ?? 0) > 200);
  const transferable = rich.slice(0, TRANSFERABLE).map(({ id }) => id);
  const rest = cards.map(({ id }) => id).filter((id) => !transferable.includes(id));
  sandbox.activity.run({ perSecond: 1, seed, cards: rest });
  const quietPeriodSeconds = Math.min(LONGEST_QUIET_SECONDS, minutes * 10);
  const password = randomBytes(12).toString("hex");
  const console = new Console("soak", folder, environment({ folder, sandbox, password, quietPeriodSeconds }));
  const close: World["close"] = async ({ keep }) => {
    await console.stop();
    await console.killLeftovers();
    await sandbox.close();
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  try {
    await console.start();
    const read = async <T>(work: (db: DbReader) => Promise<T>): Promise<T> => {
      const db = new DbReader(console.databaseUrl);
      try {
        return await work(db);
      } finally {
        await db.close();
      }
    };
    const users = await read(addUsers);
    return { console, sandbox, password, users, transferable, quietPeriodSeconds, read, folder, close };
  } catch (error) {
    await close({ keep: true });
    throw error;
  }
}

type Starting = { folder: string; sandbox: Sandbox; password: string; quietPeriodSeconds: number };

/** Only what a process needs to run, so that no variable of a real installation gets in. */
function environment({ folder, sandbox, password, quietPeriodSeconds }: Starting): NodeJS.ProcessEnv {
  const names = ["PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "NODE_EXTRA_CA_CERTS"];
  return {
    ...Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    ...upstreamEnv(sandbox),
    NODE_ENV: "production",
    DATA_DIR: folder,
    ADMIN_USER: "admin",
    ADMIN_PASSWORD: password,
    DEMO_USERS: "1",
    HOST: "127.0.0.1",
    PORT: "0",
    QUIET_PERIOD_SECONDS: String(quietPeriodSeconds),
  };
}

/** The demo has one support user; the others are copies with the same password. */
async function addUsers(db: DbReader): Promise<string[]> {
  const rows = await db.rows<{ username: string }>(
    `insert into "user" (username, role, password_hash)
     select 'support' || n, role, password_hash from "user", generate_series(1, $1) n where username = 'support'
     returning username`,
    [USERS],
  );
  if (rows?.length !== USERS) throw new Error("the demo has no support user to copy");
  return rows.map(({ username }) => username);
}
