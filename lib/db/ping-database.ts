import "server-only";
import { database, limited } from "./client";

type Ping = (limitMs: number) => Promise<unknown>;
const select1: Ping = (limitMs) => database().pool.query(limited({ text: "select 1" }, limitMs));

/** Whether the database answers within `limitMs`. Never throws; a frozen one counts as one that is not there. */
export async function pingDatabase(limitMs: number, ask: Ping = select1): Promise<boolean> {
  // A signal that ends the wait would make an error with its stack for each page.
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<boolean>((resolve) => {
    late = setTimeout(resolve, limitMs, false).unref();
  });
  try {
    return await Promise.race([ask(limitMs).then(() => true), tooLate]);
  } catch {
    return false;
  } finally {
    clearTimeout(late);
  }
}
