import "server-only";
import { and, asc, eq, isNotNull, isNull, ne, sql } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { user } from "@/lib/db/schema";
import { hasWayIn } from "./identities";

/** Administrators who can sign in by a password: the way in that no provider takes away. */
const isActiveAdmin = and(eq(user.role, "admin"), isNull(user.disabledAt), isNotNull(user.passwordHash));

/** Whether there is an administrator who can sign in by a password. */
export async function hasAdmin(tx: Tx): Promise<boolean> {
  const [found] = await tx.select({ id: user.id }).from(user).where(isActiveAdmin).limit(1);
  return found !== undefined;
}

/** Whether an administrator other than this user can sign in, by a password or by the provider of single sign-on. */
export async function hasAnotherAdmin(tx: Pick<Tx, "select">, userId: string): Promise<boolean> {
  const isAnother = and(eq(user.role, "admin"), isNull(user.disabledAt), hasWayIn(), ne(user.id, userId));
  const [found] = await tx.select({ id: user.id }).from(user).where(isAnother).limit(1);
  return found !== undefined;
}

/**
 * Lock the row of every administrator who can sign in, until the transaction ends: nobody becomes none meanwhile. Always in
 * the same order, and before any other user's row, so that no two wait for each other.
 */
export const lockAdmins = (tx: Tx): Promise<{ id: string }[]> =>
  tx.select({ id: user.id }).from(user).where(isActiveAdmin).orderBy(asc(user.id)).for("update");

/**
 * Throws AppError "conflict" if there is no active admin but `userId`. Locks every admin's row: of two admins who demote
 * each other at the same time, the second sees the first one's change.
 */
export async function assertAnotherAdmin(tx: Tx, userId: string): Promise<void> {
  const admins = await lockAdmins(tx);
  if (!admins.some(({ id }) => id !== userId)) throw new AppError("conflict", "last_admin");
}

/** Held until the end of the transaction that creates the first admin, so that there is one only. */
export async function lockFirstAdmin(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('cardesk.first-admin', 0))`);
}
