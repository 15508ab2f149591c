import "server-only";
import { eq } from "drizzle-orm";
import type { Actor } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { allows, type Role } from "@/lib/core/roles";
import type { Tx } from "@/lib/db/client";
import { user } from "@/lib/db/schema";

/** The role that may move calls or create keys. */
const WRITER: Role = "operator";

export const mayWrite = (role: Role): boolean => allows(role, WRITER);

/**
 * Call inside the transaction that advances an operation: the role was checked when the request arrived, up to a minute
 * ago. Waits for a concurrent change of the user. Throws AppError "forbidden". An operation without a
 * user (null) is the system's own.
 */
export async function assertMayWrite(tx: Pick<Tx, "select">, { id }: Pick<Actor, "id">): Promise<void> {
  if (id === null) return;
  const { role, disabledAt } = user;
  const [current] = await tx.select({ role, disabledAt }).from(user).where(eq(user.id, id)).for("share");
  if (current && !current.disabledAt && mayWrite(current.role)) return;
  throw new AppError("forbidden", "forbidden", { params: { role: WRITER } });
}
