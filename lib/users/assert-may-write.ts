import "server-only";
import { eq } from "drizzle-orm";
import type { Actor } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { allows, type Role } from "@/lib/core/roles";
import type { Tx } from "@/lib/db/client";
import { user } from "@/lib/db/schema";

/** Who may move or make value. */
const WRITER: Role = "operator";

/**
 * Call inside the transaction that takes an operation further: the role was checked when the request came, and that may
 * be a minute ago. A disabling or a demotion that is under way is waited for. Throws AppError "forbidden". The system
 * (a batch's job) goes on for whoever started the batch.
 */
export async function assertMayWrite(tx: Pick<Tx, "select">, { id }: Pick<Actor, "id">): Promise<void> {
  if (id === null) return;
  const { role, disabledAt } = user;
  const [who] = await tx.select({ role, disabledAt }).from(user).where(eq(user.id, id)).for("share");
  if (who && !who.disabledAt && allows(who.role, WRITER)) return;
  throw new AppError("forbidden", "forbidden", { params: { role: WRITER } });
}
