import "server-only";
import { and, eq, isNull, lt, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { session, user } from "@/lib/db/schema";
import { verifyPassword } from "./password";
import { askedProof } from "./read-proof";
import { revokeSessions } from "./revoke-sessions";
import type { Proof } from "./schemas";
import { acceptsSecondFactor, refusedProof } from "./second-factor/verify-second-factor";
import { clearAttempts, recordAttempt, sessionKeys } from "./sign-in-throttle";

/** A stolen session gets so many guesses at its user's password. */
const MOST_WRONG = 5;

/** What the form says of a proof that does not hold. */
const faultOf = (proof: Proof): AppError =>
  proof.by === "password"
    ? new AppError("bad_input", "bad_input", { fields: { password: "wrong_password" } })
    : refusedProof(proof.proof);

type Account = { userId: string; hash: string | null };

/** Whether a proof holds, each kind in its own way. */
function holds(ctx: Ctx, proof: Proof, { userId, hash }: Account): Promise<boolean> {
  switch (proof.by) {
    case "password":
      return verifyPassword(hash, proof.password);
    case "second_factor":
      return acceptsSecondFactor(ctx, { userId, proof: proof.proof });
  }
}

/**
 * Prove that the caller is still the user of their session: it is fresh again. Wrong ones count for this session alone, and
 * the fifth in a row ends it. Who has a second factor can't prove themself by the password alone. AppErrors "bad_input" (the
 * proof's field), "conflict" (another kind of proof is asked for), "too_many", "not_signed_in".
 */
export async function proveIdentity({ ctx, input }: { ctx: Ctx; input: Proof }): Promise<null> {
  const { id: userId, name, sessionId } = ctx.actor;
  if (!userId || !sessionId) throw new AppError("not_signed_in");
  // A page that was loaded before: nothing is checked, and nothing counts.
  const asked = await askedProof(ctx.db, userId);
  if (input.by !== asked.by) throw new AppError("conflict", "other_proof_asked");
  const keys = sessionKeys(sessionId);
  await recordAttempt(ctx, keys);
  // Counted before it is checked, so that concurrent guesses can't share one count.
  const open = and(eq(session.id, sessionId), isNull(session.revokedAt));
  const [counted] = await ctx.db
    .update(session)
    .set({ failedProofs: sql`${session.failedProofs} + 1` })
    .where(and(open, lt(session.failedProofs, MOST_WRONG)))
    .returning({ failed: session.failedProofs });
  if (!counted) throw new AppError("not_signed_in");
  const by = input.by === "password" ? input.by : input.proof.kind;
  const entry = { action: "session.proved", targetKind: "user", targetId: userId };

  const [found] = await ctx.db.select({ hash: user.passwordHash }).from(user).where(eq(user.id, userId));
  const hash = found?.hash ?? null;
  if (!found || !(await holds(ctx, input, { userId, hash }))) {
    const { failed } = counted;
    const ends = failed >= MOST_WRONG;
    await ctx.db.transaction(async (tx) => {
      if (ends) await revokeSessions(tx, { userId, only: sessionId, at: ctx.now() });
      const detail = { username: name, by, failed, sessionEnded: ends };
      await recordAudit(tx, ctx, { ...entry, outcome: "refused", detail });
    });
    throw ends ? new AppError("not_signed_in") : faultOf(input);
  }

  return ctx.db.transaction(async (tx) => {
    const unchanged = and(
      eq(user.id, userId),
      sql`${user.passwordHash} is not distinct from ${hash}`,
      isNull(user.disabledAt),
    );
    const [still] = await tx.select({ id: user.id }).from(user).where(unchanged).for("share");
    const fresh = { provedAt: ctx.now(), failedProofs: 0 };
    const [proved] = still ? await tx.update(session).set(fresh).where(open).returning({ id: session.id }) : [];
    if (!proved) throw new AppError("not_signed_in");
    await clearAttempts(tx, keys);
    await recordAudit(tx, ctx, { ...entry, detail: { username: name, by } });
    return null;
  });
}
