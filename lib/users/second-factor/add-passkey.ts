import "server-only";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { passkey } from "@/lib/db/schema";
import { lockUser } from "../lock-user";
import { callerOf } from "./caller";
import type { NewRecoveryCodes } from "./confirm-totp";
import { takeChallenge } from "./passkey-challenges";
import { countRecoveryCodes, issueRecoveryCodes } from "./recovery-codes";
import { relyingParty } from "./relying-party";
import type { addPasskeySchema } from "./schemas";
import { loadWebauthn } from "./webauthn";

type Call = { ctx: Ctx; input: z.output<typeof addPasskeySchema> };

/**
 * Store the passkey the caller's device has made for {@link beginPasskey}. AppErrors "bad_input" ("passkey_refused"),
 * "conflict" (it is known already).
 */
export async function addPasskey({ ctx, input }: Call): Promise<NewRecoveryCodes> {
  const { id: userId, name: username } = callerOf(ctx);
  const { id: rpId, origin } = relyingParty();
  const { verifyRegistrationResponse } = await loadWebauthn();
  const checked = await verifyRegistrationResponse({
    response: input.answer,
    expectedChallenge: (challenge) => takeChallenge(ctx, challenge, { purpose: "register", userId }),
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
  }).catch(() => null);
  if (!checked?.verified) throw new AppError("bad_input", "passkey_refused");
  const { credential, credentialBackedUp } = checked.registrationInfo;
  return ctx.db.transaction(async (tx) => {
    // One change at a time, so that two don't each make recovery codes.
    await lockUser(tx, userId);
    const at = ctx.now();
    const [added] = await tx
      .insert(passkey)
      .values({
        userId,
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: input.answer.response.transports,
        name: input.name,
        backedUp: credentialBackedUp,
        createdAt: at,
      })
      .onConflictDoNothing()
      .returning({ id: passkey.id });
    if (!added) throw new AppError("conflict", "passkey_exists");
    const has = await countRecoveryCodes(tx, userId);
    const recoveryCodes = has ? null : await issueRecoveryCodes(tx, { userId, at });
    const entry = { targetKind: "user", targetId: userId, detail: { username, passkey: input.name } };
    await recordAudit(tx, ctx, { action: "second_factor.passkey_added", ...entry });
    return { recoveryCodes };
  });
}
