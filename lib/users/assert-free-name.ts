import "server-only";
import { sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { user } from "@/lib/db/schema";
import { nameSkeleton } from "./name-skeleton";

/**
 * Call before a user is created, in the same transaction: one creation waits for the other. AppError "bad_input" if the
 * name is taken, or can be taken for that of another user.
 */
export async function assertFreeName(tx: Tx, username: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('cardesk.usernames', 0))`);
  const [name, skeleton] = [username.toLowerCase(), nameSkeleton(username)];
  const others = (await tx.select({ name: user.username }).from(user)).map((row) => row.name);
  const fault = others.some((other) => other.toLowerCase() === name)
    ? "name_taken"
    : others.some((other) => nameSkeleton(other) === skeleton) && "name_looks_alike";
  if (fault) throw new AppError("bad_input", "bad_input", { fields: { username: fault } });
}
