import "server-only";
import { and, asc, eq, isNull } from "drizzle-orm";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { user } from "@/lib/db/schema";
import type { Colleague } from "./types";

/** Everybody who is not disabled, by name. */
export async function listColleagues(db: Pick<Tx, "select">): Promise<Colleague[]> {
  return db
    .select({ id: user.id, name: user.username })
    .from(user)
    .where(isNull(user.disabledAt))
    .orderBy(asc(user.username));
}

/** Throws AppError "not_found" for somebody who is gone or disabled: nobody would see what is theirs. */
export async function colleagueOf(db: Pick<Tx, "select">, id: string): Promise<Colleague> {
  const [found] = await db
    .select({ id: user.id, name: user.username })
    .from(user)
    .where(and(eq(user.id, id), isNull(user.disabledAt)));
  if (!found) throw new AppError("not_found", "user_not_found");
  return found;
}
