import "server-only";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { type approval, user } from "@/lib/db/schema";
import { resetOf } from "./reset-of";

/** What the audit says an approval is about: how much of what, or which reset of whose account. */
export async function auditedSubject(tx: Tx, row: typeof approval.$inferSelect): Promise<Record<string, unknown>> {
  const reset = resetOf(row);
  if (!reset) return { measure: row.measure, asked: row.asked };
  const [found] = await tx.select({ username: user.username }).from(user).where(eq(user.id, reset.userId));
  return { reset: reset.kind, userId: reset.userId, username: found?.username };
}
