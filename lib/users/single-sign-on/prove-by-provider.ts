import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { identity, session } from "@/lib/db/schema";
import { askedProof } from "../read-proof";
import { callerOf } from "../second-factor/caller";
import type { ProviderClaims } from "./read-claims";

/**
 * That the provider is whom the caller is asked to prove themself by. AppError "conflict": who has a second factor or a
 * password shows that, so that the provider's password is no way around it.
 */
export async function assertProvedByProvider({ ctx }: { ctx: Ctx }): Promise<void> {
  const { by } = await askedProof(ctx.db, callerOf(ctx).id);
  if (by !== "provider") throw new AppError("conflict", "other_proof_asked");
}

/** The provider's clock and ours. */
const SKEW_MS = 60_000;

type Call = { ctx: Ctx; input: { claims: ProviderClaims; askedAt: Date } };

/**
 * Prove that the caller is still the user of their session, by the provider: it names the same person, and asked them
 * again since `askedAt`, and nothing else is asked of them here. AppError "forbidden" otherwise.
 */
export async function proveByProvider({ ctx, input }: Call): Promise<null> {
  const { id: userId, name: username, sessionId } = callerOf(ctx);
  const { claims, askedAt } = input;
  const { issuer, subject, authenticatedAt } = claims;
  const entry = {
    action: "session.proved",
    targetKind: "user",
    targetId: userId,
    detail: { username, by: "provider" },
  };
  const since = askedAt.getTime() - SKEW_MS;
  const proved = await ctx.db.transaction(async (tx) => {
    if (!authenticatedAt || authenticatedAt.getTime() < since) return false;
    if ((await askedProof(tx, userId)).by !== "provider") return false;
    const own = and(eq(identity.userId, userId), eq(identity.issuer, issuer), eq(identity.subject, subject));
    const [same] = await tx.select({ id: identity.id }).from(identity).where(own);
    if (!same) return false;
    const open = and(eq(session.id, sessionId), isNull(session.revokedAt));
    const fresh = { provedAt: ctx.now(), failedProofs: 0 };
    const updated = await tx.update(session).set(fresh).where(open).returning({ id: session.id });
    if (updated.length === 0) throw new AppError("not_signed_in");
    await recordAudit(tx, ctx, entry);
    return true;
  });
  if (proved) return null;
  await recordAudit(ctx.db, ctx, { ...entry, outcome: "refused" });
  throw new AppError("forbidden", "single_sign_on_not_proved");
}
