import "server-only";
import { and, eq, isNotNull } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { isSealedByNewest, seal, unseal } from "@/lib/core/sealing/seal";
import { totp } from "@/lib/db/schema";
import { checkPasskey } from "./check-passkey";
import { countCodeTry, forgetCodeTry } from "./code-failures";
import { consumeRecoveryCode, countRecoveryCodes } from "./recovery-codes";
import type { SecondFactorProof } from "./schemas";
import { acceptedStep } from "./totp-code";

const PURPOSE = "one-time codes v1";

type Call = { ctx: Ctx; userId: string; proof: SecondFactorProof };

/**
 * Check a proof of a user's second factor and use it up: a code, a recovery code and a passkey's answer are each
 * accepted once. Refusals are audited. Returns what was shown. AppErrors "bad_input" (field `code`, or key
 * "passkey_refused"), "too_many".
 */
export async function verifySecondFactor({ ctx, userId, proof }: Call): Promise<SecondFactorProof["kind"]> {
  if (await accepts(ctx, userId, proof)) {
    if (proof.kind === "recovery_code") {
      const left = await countRecoveryCodes(ctx.db, userId);
      const entry = { action: "second_factor.recovery_code_used", targetKind: "user", targetId: userId };
      await recordAudit(ctx.db, ctx, { ...entry, detail: { left } });
    }
    return proof.kind;
  }
  await recordAudit(ctx.db, ctx, {
    action: "second_factor.refused",
    targetKind: "user",
    targetId: userId,
    outcome: "refused",
    detail: { shown: proof.kind },
  });
  if (proof.kind === "passkey") throw new AppError("bad_input", "passkey_refused");
  throw new AppError("bad_input", "bad_input", { fields: { code: "wrong_code" } });
}

async function accepts(ctx: Ctx, userId: string, proof: SecondFactorProof): Promise<boolean> {
  if (proof.kind === "passkey") return (await checkPasskey(ctx, proof.answer, { purpose: "prove", userId })) !== null;
  if (proof.kind === "recovery_code") return consumeRecoveryCode(ctx.db, { userId, code: proof.code, at: ctx.now() });
  await countCodeTry(ctx, userId);
  if (!(await acceptsCode(ctx, userId, proof.code))) return false;
  await forgetCodeTry(ctx, userId);
  return true;
}

/** The row stays locked while the code is checked: of two uses of one code the second finds its step taken. */
async function acceptsCode(ctx: Ctx, userId: string, code: string): Promise<boolean> {
  return ctx.db.transaction(async (tx) => {
    const confirmed = and(eq(totp.userId, userId), isNotNull(totp.confirmedAt));
    const [row] = await tx.select().from(totp).where(confirmed).for("update");
    if (!row) return false;
    const at = ctx.now();
    const plain = unseal(row.secret, userId, PURPOSE);
    const step = acceptedStep(plain, code, at, row.lastStep);
    if (step === null) return false;
    // After a rotation of the app keys: sealed again while the old one is still there.
    const secret = isSealedByNewest(row.secret, PURPOSE) ? row.secret : seal(plain, userId, PURPOSE);
    await tx.update(totp).set({ secret, lastStep: step, lastUsedAt: at }).where(eq(totp.userId, userId));
    return true;
  });
}
