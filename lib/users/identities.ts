import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { env } from "@/lib/core/env";
import type { Tx } from "@/lib/db/client";
import { identity } from "@/lib/db/schema";

type Reader = Pick<Tx, "select">;

/** The provider of single sign-on, and what people call it; null where there is none. */
export function readProvider(): { issuer: string; name: string } | null {
  const { OIDC_ISSUER, OIDC_NAME } = env();
  if (!OIDC_ISSUER) return null;
  const { href, hostname } = new URL(OIDC_ISSUER);
  return { issuer: href, name: OIDC_NAME ?? hostname };
}

type Linked = { label: string; roleByClaim: boolean; createdAt: Date; lastUsedAt: Date | null };

/** A user's identity at today's provider; null without one. */
export async function findLinked(tx: Reader, userId: string): Promise<Linked | null> {
  const provider = readProvider();
  if (!provider) return null;
  const { label, roleByClaim, createdAt, lastUsedAt } = identity;
  const [found] = await tx
    .select({ label, roleByClaim, createdAt, lastUsedAt })
    .from(identity)
    .where(and(eq(identity.userId, userId), eq(identity.issuer, provider.issuer)));
  return found ?? null;
}

/** Whether the user of a row of `user` has a way in: a password, or today's provider. */
export function hasWayIn(): SQL<boolean> {
  const issuer = readProvider()?.issuer ?? null;
  return sql<boolean>`("user".password_hash is not null
    or exists (select 1 from identity i where i.user_id = "user".id and i.issuer = ${issuer}::text))`;
}

/** Whether a user can sign in by today's provider. */
export const hasIdentity = async (tx: Reader, userId: string): Promise<boolean> =>
  (await findLinked(tx, userId)) !== null;

/**
 * Whether a provider, today's or an earlier one, decides this user's role: then they come in by it alone, so that who lost
 * their role there has no other way.
 */
export async function isRoleByClaim(tx: Reader, userId: string): Promise<boolean> {
  const byClaim = and(eq(identity.userId, userId), identity.roleByClaim);
  const [found] = await tx.select({ id: identity.id }).from(identity).where(byClaim).limit(1);
  return found !== undefined;
}
