import "server-only";
import { createHash, randomBytes } from "node:crypto";
import { and, eq, gt, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { singleSignOnAttempt } from "@/lib/db/schema";

/** Long enough to look for one's phone at the provider. */
export const ATTEMPT_SECONDS = 900;

/** What a way to the provider and back is for. */
export type AttemptPurpose =
  | { purpose: "sign_in" }
  | { purpose: "redeem"; linkId: string }
  | { purpose: "link" | "prove"; sessionId: string };

export type Attempt = typeof singleSignOnAttempt.$inferSelect;

const hashOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** Note that somebody goes to the provider; returns the token of their browser's cookie. */
export async function issueAttempt(ctx: Ctx, about: AttemptPurpose & { path: string }): Promise<string> {
  const now = ctx.now();
  // Rows another request is deleting are skipped: waiting for them could deadlock.
  await ctx.db.execute(sql`delete from ${singleSignOnAttempt} where ${singleSignOnAttempt.tokenHash} in (
    select ${singleSignOnAttempt.tokenHash} from ${singleSignOnAttempt} where ${singleSignOnAttempt.expiresAt} < ${now}
    for update skip locked)`);
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + ATTEMPT_SECONDS * 1_000);
  await ctx.db.insert(singleSignOnAttempt).values({ ...about, tokenHash: hashOf(token), createdAt: now, expiresAt });
  return token;
}

/** Take it, once: of two answers to one question the second finds nothing. AppError "expired". */
export async function takeAttempt(ctx: Ctx, token: string | null): Promise<Attempt> {
  const open = and(
    eq(singleSignOnAttempt.tokenHash, hashOf(token ?? "")),
    gt(singleSignOnAttempt.expiresAt, ctx.now()),
  );
  const [taken] = token ? await ctx.db.delete(singleSignOnAttempt).where(open).returning() : [];
  if (!taken) throw new AppError("expired", "single_sign_on_expired");
  return taken;
}
