import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { log } from "@/lib/core/log";
import { database } from "@/lib/db/client";
import { isConnectionFault } from "@/lib/db/errors";

const EVERY_MS = 250;

/**
 * Wait for a database that is restarting (our own after a crash, or another during maintenance). Throws its last error
 * when it still can't be reached after `patienceMs`, and at once when it can be reached and refuses the connection.
 */
export async function waitForDatabase(patienceMs = 60_000): Promise<void> {
  const { db } = database();
  const end = Date.now() + patienceMs;
  for (let warned = false; ; await sleep(EVERY_MS)) {
    try {
      await db.execute(sql`select 1`);
      return;
    } catch (error) {
      if (!isConnectionFault(error) || Date.now() >= end) throw error;
      if (!warned) log().warn({ err: error }, "the database does not answer yet");
      warned = true;
    }
  }
}
