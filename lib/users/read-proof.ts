import "server-only";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { session } from "@/lib/db/schema";
import type { AskedProof } from "./schemas";
import { askedSecondFactor } from "./second-factor/read-second-factor";

/** When a session's user last proved who they are, and by what they are to prove it again. */
export async function readProof(
  tx: Pick<Tx, "select">,
  sessionId: string | null,
): Promise<{ provedAt: Date | null; asked: AskedProof }> {
  if (!sessionId) return { provedAt: null, asked: { by: "password" } };
  const { provedAt, userId } = session;
  const [found] = await tx.select({ provedAt, userId }).from(session).where(eq(session.id, sessionId));
  return { provedAt: found?.provedAt ?? null, asked: found ? await askedProof(tx, found.userId) : { by: "password" } };
}

/** Every user has a password; one with a second factor is asked for that instead. */
export async function askedProof(tx: Pick<Tx, "select">, userId: string): Promise<AskedProof> {
  const methods = await askedSecondFactor(tx, userId);
  if (!methods) return { by: "password" };
  const ways = methods.code ? (methods.passkey ? "code_passkey" : "code") : "passkey";
  return { by: "second_factor", ways };
}
