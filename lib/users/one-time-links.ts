import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { oneTimeLink } from "@/lib/db/schema";

/** Time to hand it over and to use it; a lost one is soon worth nothing. */
const LINK_MINUTES = 30;

type IssuedLink = { path: string; expiresAt: Date };
/** When a link is used, and from which address. */
type Use = { at: Date; from: string | null };
type OpenLink = { id: string; kind: "setup" | "reset"; userId: string | null; expiresAt: Date };

const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

/**
 * Create a one-time link, valid for 30 minutes; earlier ones for the same purpose become invalid. The token is in the
 * fragment, which browsers never send, so it is in no access log and no referrer.
 */
export async function issueLink(
  tx: Tx,
  link: { userId: string | null; at: Date; by: string | null },
): Promise<IssuedLink> {
  const { userId, at, by } = link;
  await revokeLinks(tx, link);
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(at.getTime() + LINK_MINUTES * 60_000);
  const kind = userId ? ("reset" as const) : ("setup" as const);
  await tx
    .insert(oneTimeLink)
    .values({ kind, userId, tokenHash: hashOf(token), createdAt: at, createdBy: by, expiresAt });
  return { path: `/setup#${token}`, expiresAt };
}

/** Invalidate a user's unused links (null: the set-up links). */
export async function revokeLinks(tx: Tx, { userId, at }: { userId: string | null; at: Date }): Promise<void> {
  const purpose = userId ? eq(oneTimeLink.userId, userId) : eq(oneTimeLink.kind, "setup");
  // Not only until the clock that says when is set back: never again.
  const over = sql`least(${oneTimeLink.createdAt}, ${oneTimeLink.expiresAt}, ${at}::timestamptz)`;
  await tx
    .update(oneTimeLink)
    .set({ expiresAt: over })
    .where(and(purpose, isNull(oneTimeLink.usedAt)));
}

/** The link of a token, if it can still be used. */
export async function findLink(tx: Tx, token: string, at: Date): Promise<OpenLink | null> {
  const { id, kind, userId, expiresAt } = oneTimeLink;
  const [found] = await tx.select({ id, kind, userId, expiresAt }).from(oneTimeLink).where(usable(token, at));
  return found ?? null;
}

/** The same by its id, which the one who showed its token was given. */
export async function consumeLinkById(tx: Tx, id: string, { at, from }: Use): Promise<OpenLink | null> {
  const { kind, userId, expiresAt } = oneTimeLink;
  const [used] = await tx
    .update(oneTimeLink)
    .set({ usedAt: at, usedFrom: from })
    .where(and(eq(oneTimeLink.id, id), isNull(oneTimeLink.usedAt), gt(oneTimeLink.expiresAt, at)))
    .returning({ id: oneTimeLink.id, kind, userId, expiresAt });
  return used ?? null;
}

/** Consume a link. Null if it can't be used, or a concurrent redemption was first. */
export async function consumeLink(tx: Tx, token: string, { at, from }: Use): Promise<OpenLink | null> {
  const { id, kind, userId, expiresAt } = oneTimeLink;
  const returning = { id, kind, userId, expiresAt };
  const [used] = await tx
    .update(oneTimeLink)
    .set({ usedAt: at, usedFrom: from })
    .where(usable(token, at))
    .returning(returning);
  return used ?? null;
}

const usable = (token: string, at: Date) =>
  and(eq(oneTimeLink.tokenHash, hashOf(token)), isNull(oneTimeLink.usedAt), gt(oneTimeLink.expiresAt, at));
