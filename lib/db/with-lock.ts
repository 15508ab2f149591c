import "server-only";
import { database } from "./client";

/**
 * Run `work` while holding a named lock that only one process on this database can hold (a session advisory lock,
 * released when the process or its connection dies). Returns null without running it if the lock is taken.
 */
export async function withLock<T>(name: string, work: () => Promise<T>): Promise<{ value: T } | null> {
  const client = await database().pool.connect();
  let broken: Error | undefined;
  const onError = (error: Error) => {
    broken = error;
  };
  client.on("error", onError);
  try {
    const { rows } = await client.query("select pg_try_advisory_lock(hashtextextended($1, 0)) as held", [name]);
    if (!rows[0]?.held) return null;
    try {
      return { value: await work() };
    } finally {
      await client.query("select pg_advisory_unlock(hashtextextended($1, 0))", [name]).catch((error: Error) => {
        broken = error;
      });
    }
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
}
