import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { passkeyChallenge } from "@/lib/db/schema";

const LIFETIME_MS = 300_000;

/** `userId` is null for sign-in by passkey alone, where the passkey says who it is. */
type Purpose = { purpose: "register" | "prove"; userId: string } | { purpose: "sign_in"; userId: null };

const hashOf = (challenge: string): string => createHash("sha256").update(challenge).digest("base64url");

/** A new challenge of 256 bits, good for one answer within five minutes. */
export async function issueChallenge(ctx: Ctx, { purpose, userId }: Purpose): Promise<Uint8Array<ArrayBuffer>> {
  const now = ctx.now();
  // Rows another request is deleting are skipped: waiting for them could deadlock.
  await ctx.db.execute(sql`delete from ${passkeyChallenge} where ${passkeyChallenge.challengeHash} in (
    select ${passkeyChallenge.challengeHash} from ${passkeyChallenge} where ${passkeyChallenge.expiresAt} < ${now}
    for update skip locked)`);
  const challenge = new Uint8Array(randomBytes(32));
  const challengeHash = hashOf(Buffer.from(challenge).toString("base64url"));
  const expiresAt = new Date(now.getTime() + LIFETIME_MS);
  await ctx.db.insert(passkeyChallenge).values({ challengeHash, purpose, userId, expiresAt });
  return challenge;
}

/** Take a challenge (base64url, as it comes back): true once, for the purpose and the user it was made for. */
export async function takeChallenge(ctx: Ctx, challenge: string, { purpose, userId }: Purpose): Promise<boolean> {
  const open = and(
    eq(passkeyChallenge.challengeHash, hashOf(challenge)),
    eq(passkeyChallenge.purpose, purpose),
    userId === null ? isNull(passkeyChallenge.userId) : eq(passkeyChallenge.userId, userId),
    gt(passkeyChallenge.expiresAt, ctx.now()),
  );
  const taken = await ctx.db.delete(passkeyChallenge).where(open).returning({ purpose: passkeyChallenge.purpose });
  return taken.length === 1;
}
