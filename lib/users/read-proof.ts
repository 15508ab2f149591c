import "server-only";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { session } from "@/lib/db/schema";
import type { Proof } from "./schemas";

/**
 * When a session's user last proved who they are, and by what they can prove it again. Every user has a password; one
 * with a second factor is to be asked for that instead.
 */
export async function readProof(
  tx: Pick<Tx, "select">,
  sessionId: string | null,
): Promise<{ provedAt: Date | null; by: Proof["by"] }> {
  if (!sessionId) return { provedAt: null, by: "password" };
  const [found] = await tx.select({ provedAt: session.provedAt }).from(session).where(eq(session.id, sessionId));
  return { provedAt: found?.provedAt ?? null, by: "password" };
}
