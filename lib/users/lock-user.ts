import "server-only";
import { eq } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Role } from "@/lib/core/roles";
import type { Tx } from "@/lib/db/client";
import { user } from "@/lib/db/schema";

type Found = { id: string; username: string; role: Role; disabled: boolean };

/** A user's row, locked until the transaction ends. AppError "not_found". */
export async function lockUser(tx: Tx, userId: string): Promise<Found> {
  const { id, username, role, disabledAt } = user;
  const [found] = await tx
    .select({ id, username, role, disabledAt })
    .from(user)
    .where(eq(user.id, userId))
    .for("update");
  if (!found) throw new AppError("not_found", "user_not_found");
  return { id: found.id, username: found.username, role: found.role, disabled: found.disabledAt !== null };
}
