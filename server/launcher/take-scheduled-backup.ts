import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import pg from "pg";

export type Schedule = {
  /** Where backups are kept; only files of our own names in it are ever removed. */
  folder: string;
  everyHours: number;
  /** How many are kept. */
  keep: number;
};

const HOUR_MS = 3_600_000;
const OUR_PART = /^cardesk-\d{8}T\d{6}Z\.backup(\.secrets)?\.part$/;
/** The last one that was written and did not pass its check. */
const UNCHECKED = "cardesk-unchecked.backup";
const OURS = /^cardesk-\d{8}T\d{6}Z\.backup$/;

/**
 * Take a backup if the last one, by whomever, is old enough, and then remove the oldest beyond those to keep. One launcher of
 * a database at a time. Returns the file, or null if none was due. A failure is noted for the doctor, removes nothing, and is
 * thrown.
 */
export async function takeScheduledBackup(
  url: string,
  { folder, everyHours, keep }: Schedule,
  take: (path: string) => Promise<void>,
): Promise<string | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const lock = await client.query("select pg_try_advisory_lock(hashtextextended('cardesk.backup', 0)) as held");
    const now = new Date();
    if (!lock.rows[0]?.held || !(await isDue(client, now, everyHours))) return null;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, `cardesk-${now.toISOString().replaceAll(/[-:]|\.\d+/g, "")}.backup`);
    const isNew = !existsSync(path);
    try {
      await take(path);
    } catch (error) {
      if (isNew) setAside(folder, path);
      await noteFailure(client, now);
      throw error;
    }
    await client.query("delete from setting where key = 'backup_failed'");
    removeOldest(folder, { keep, taken: basename(path) });
    return path;
  } finally {
    await client.end();
  }
}

async function isDue(client: pg.Client, now: Date, everyHours: number): Promise<boolean> {
  const { rows } = await client.query("select value ->> 'takenAt' as at from setting where key = 'last_backup'");
  const last = rows[0]?.at;
  const age = last ? now.getTime() - new Date(last).getTime() : null;
  // One of the future is of a clock that was ahead: it would put off all others until then.
  return age === null || age >= everyHours * HOUR_MS || age < -HOUR_MS;
}

async function noteFailure(client: pg.Client, at: Date): Promise<void> {
  await client.query(
    `insert into setting (key, value, updated_at) values ('backup_failed', $1::jsonb, now())
     on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at`,
    [JSON.stringify({ at: at.toISOString() })],
  );
}

/** What was written and did not pass its check is one file, however often it is tried again, and never counts among those to keep. */
function setAside(folder: string, path: string): void {
  remove(folder, UNCHECKED);
  for (const end of ["", ".secrets"])
    if (existsSync(`${path}${end}`)) renameSync(`${path}${end}`, join(folder, `${UNCHECKED}${end}`));
}

const remove = (folder: string, name: string): void => {
  for (const each of [name, `${name}.secrets`]) rmSync(join(folder, each), { force: true });
};

/** The one just taken stays, whatever the others are called: a clock that was ahead gave names that look newer. */
function removeOldest(folder: string, { keep, taken }: { keep: number; taken: string }): void {
  const newestFirst = readdirSync(folder)
    .filter((name) => OURS.test(name) && name !== taken)
    .toSorted()
    .toReversed();
  for (const name of [...newestFirst.slice(keep - 1), UNCHECKED]) remove(folder, name);
  // Of a backup that was killed; none is under way, since we have the lock.
  for (const name of readdirSync(folder)) if (OUR_PART.test(name)) rmSync(join(folder, name), { force: true });
}
