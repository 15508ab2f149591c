import "server-only";
import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { user } from "@/lib/db/schema";

/** Those who can sign in and mend things. */
const able = and(eq(user.role, "admin"), isNull(user.disabledAt), isNotNull(user.passwordHash));

/** Whether anybody can administer this console. */
export async function hasAdmin(tx: Tx): Promise<boolean> {
  const [found] = await tx.select({ id: user.id }).from(user).where(able).limit(1);
  return found !== undefined;
}

/**
 * Refuse to go on if nobody but `userId` could administer. Locks every admin's row, in one order, until the
 * transaction ends: of two admins who demote each other at the same moment, the second sees what the first did.
 */
export async function assertAnotherAdmin(tx: Tx, userId: string): Promise<void> {
  const admins = await tx.select({ id: user.id }).from(user).where(able).orderBy(asc(user.id)).for("update");
  if (!admins.some(({ id }) => id !== userId)) throw new AppError("conflict", "last_admin");
}

/** One first admin: whoever makes one holds this until the end of the transaction. */
export async function lockFirstAdmin(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('cardesk.first-admin', 0))`);
}
