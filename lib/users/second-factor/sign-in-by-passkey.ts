import "server-only";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { isRoleByClaim } from "../identities";
import { type Browser, openSession, type SignedIn } from "../open-session";
import { assertOffered } from "./assert-offered";
import { checkPasskey } from "./check-passkey";
import type { PasskeyAnswer } from "./schemas";

type Call = { ctx: Ctx; input: { answer: PasskeyAnswer }; browser?: Browser | undefined };

/**
 * Sign in by a passkey alone: the device and the fingerprint, face or PIN it asks for are two factors. AppErrors
 * "bad_input" ("passkey_refused"), "not_signed_in" (the user is disabled, or comes in by the
 * provider of single sign-on alone).
 */
export async function signInByPasskey({ ctx, input, browser }: Call): Promise<SignedIn> {
  assertOffered();
  const userId = await checkPasskey(ctx, input.answer, { purpose: "sign_in" });
  if (userId && (await isRoleByClaim(ctx.db, userId))) throw new AppError("not_signed_in", "comes_by_provider");
  if (userId) return ctx.db.transaction((tx) => openSession(tx, ctx, { userId, browser, by: "passkey" }));
  const entry = { action: "session.refused", targetKind: "user", outcome: "refused" as const };
  await recordAudit(ctx.db, ctx, { ...entry, detail: { shown: "passkey" } });
  throw new AppError("bad_input", "passkey_refused");
}
