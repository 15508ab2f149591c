import "server-only";
import { eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { session, user } from "@/lib/db/schema";
import { hasIdentity, readProvider } from "./identities";
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

/** The second factor of who has one, else the password, else the provider again: who came by single sign-on may have neither. */
export async function askedProof(tx: Pick<Tx, "select">, userId: string): Promise<AskedProof> {
  const methods = await askedSecondFactor(tx, userId);
  if (!methods) return (await askedProvider(tx, userId)) ?? { by: "password" };
  const ways = methods.code ? (methods.passkey ? "code_passkey" : "code") : "passkey";
  return { by: "second_factor", ways };
}

async function askedProvider(tx: Pick<Tx, "select">, userId: string): Promise<AskedProof | null> {
  const provider = readProvider();
  if (!provider) return null;
  const [found] = await tx.select({ hash: user.passwordHash }).from(user).where(eq(user.id, userId));
  return found?.hash === null && (await hasIdentity(tx, userId)) ? { by: "provider", name: provider.name } : null;
}
