import "server-only";
import { eq } from "drizzle-orm";
import type { Actor } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { allows, type Role } from "@/lib/core/roles";
import type { Tx } from "@/lib/db/client";
import { user } from "@/lib/db/schema";

/**
 * Call inside the transaction of what a role allows: the role was checked when the request arrived, and may have been
 * taken away since. Waits for a concurrent change of the user. Throws AppError "forbidden". The system (null) may all.
 */
export async function assertHasRole(tx: Pick<Tx, "select">, { id }: Pick<Actor, "id">, needed: Role): Promise<void> {
  if (id === null) return;
  const { role, disabledAt } = user;
  const [current] = await tx.select({ role, disabledAt }).from(user).where(eq(user.id, id)).for("share");
  if (current && !current.disabledAt && allows(current.role, needed)) return;
  throw new AppError("forbidden", "forbidden", { params: { role: needed } });
}
