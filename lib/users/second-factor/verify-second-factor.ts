import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { isSealedByNewest, openText, sealText } from "@/lib/core/app-keys";
import { AppError } from "@/lib/core/errors";
import { totpContext } from "@/lib/core/sealing";
import { totp } from "@/lib/db/schema";
import { clearAttempts, codeKeys, recordAttempt } from "../sign-in-throttle";
import { checkPasskey } from "./check-passkey";
import { consumeRecoveryCode, countRecoveryCodes } from "./recovery-codes";
import type { SecondFactorProof } from "./schemas";
import { acceptedStep } from "./totp-code";

type Shown = { userId: string; proof: SecondFactorProof };
/** `device`: the known one it comes from, whose tries count apart. */
type Call = { ctx: Ctx; device?: string | null } & Shown;

/**
 * At the second step of a sign-in: check a proof of a user's second factor and use it up. Codes are counted, for they
 * can be guessed; recovery codes and passkeys are not, and stay a way in. Refusals are audited. Returns what was shown.
 * AppErrors "bad_input" (field `code`, or key "passkey_refused"), "too_many".
 */
export async function verifySecondFactor({ ctx, userId, proof, device }: Call): Promise<SecondFactorProof["kind"]> {
  const counted = proof.kind === "code" ? codeKeys(userId, device ?? null) : [];
  // Before it is checked, so that concurrent tries can't share one count.
  await recordAttempt(ctx, counted);
  if (await acceptsSecondFactor(ctx, { userId, proof })) {
    await clearAttempts(ctx.db, counted);
    return proof.kind;
  }
  await recordAudit(ctx.db, ctx, {
    action: "second_factor.refused",
    targetKind: "user",
    targetId: userId,
    outcome: "refused",
    detail: { shown: proof.kind },
  });
  throw refusedProof(proof);
}

/** What is said of a proof that does not hold. */
export const refusedProof = ({ kind }: SecondFactorProof): AppError =>
  kind === "passkey"
    ? new AppError("bad_input", "passkey_refused")
    : new AppError("bad_input", "bad_input", { fields: { code: "wrong_code" } });

/**
 * Whether a proof holds. It is used up then: a code, a recovery code and a passkey's answer are each accepted once. The
 * caller bounds the tries.
 */
export async function acceptsSecondFactor(ctx: Ctx, { userId, proof }: Shown): Promise<boolean> {
  switch (proof.kind) {
    case "passkey":
      return (await checkPasskey(ctx, proof.answer, { purpose: "prove", userId })) !== null;
    case "recovery_code":
      return acceptsRecoveryCode(ctx, userId, proof.code);
    case "code":
      return acceptsCode(ctx, userId, proof.code);
  }
}

async function acceptsRecoveryCode(ctx: Ctx, userId: string, code: string): Promise<boolean> {
  if (!(await consumeRecoveryCode(ctx.db, { userId, code, at: ctx.now() }))) return false;
  const left = await countRecoveryCodes(ctx.db, userId);
  const entry = { action: "second_factor.recovery_code_used", targetKind: "user", targetId: userId };
  await recordAudit(ctx.db, ctx, { ...entry, detail: { left } });
  return true;
}

/** The row stays locked while the code is checked: of two uses of one code the second finds its step taken. */
async function acceptsCode(ctx: Ctx, userId: string, code: string): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const confirmed = and(eq(totp.userId, userId), isNotNull(totp.confirmedAt));
    const [row] = await tx.select().from(totp).where(confirmed).for("update");
    if (!row) return false;
    const at = ctx.now();
    const plain = openText(row.secret, totpContext(userId));
    const step = acceptedStep(plain, code, at, row.lastStep);
    if (step === null) return false;
    // After a rotation of the app keys: sealed again while the old one is still there.
    const secret = isSealedByNewest(row.secret) ? row.secret : sealText(plain, totpContext(userId));
    await tx.update(totp).set({ secret, lastStep: step, lastUsedAt: at }).where(eq(totp.userId, userId));
    return true;
  });
}
