import "server-only";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";
import { eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { passkey } from "@/lib/db/schema";
import { assertOffered } from "./assert-offered";
import { callerOf } from "./caller";
import { issueChallenge } from "./passkey-challenges";
import { relyingParty } from "./relying-party";
import { readTicket } from "./sign-in-tickets";
import { loadWebauthn } from "./webauthn";

export type PasskeyRequest = PublicKeyCredentialRequestOptionsJSON;
export type NewPasskeyRequest = PublicKeyCredentialCreationOptionsJSON;

const TIMEOUT_MS = 300_000;

const credentialsOf = async (ctx: Ctx, userId: string) => {
  const rows = await ctx.db
    .select({ id: passkey.credentialId, transports: passkey.transports })
    .from(passkey)
    .where(eq(passkey.userId, userId));
  return rows;
};

/** What the browser needs to make a passkey for the caller: one that asks for a fingerprint, a face or a PIN. */
export async function beginPasskey({ ctx }: { ctx: Ctx }): Promise<NewPasskeyRequest> {
  assertOffered();
  const { id: userId, name } = callerOf(ctx);
  const site = relyingParty();
  const { generateRegistrationOptions } = await loadWebauthn();
  return generateRegistrationOptions({
    rpID: site.id,
    rpName: site.name,
    userName: name,
    userDisplayName: name,
    userID: new Uint8Array(Buffer.from(userId)),
    challenge: await issueChallenge(ctx, { purpose: "register", userId }),
    timeout: TIMEOUT_MS,
    excludeCredentials: await credentialsOf(ctx, userId),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

async function askToProve(ctx: Ctx, userId: string): Promise<PasskeyRequest> {
  const { generateAuthenticationOptions } = await loadWebauthn();
  return generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: await issueChallenge(ctx, { purpose: "prove", userId }),
    timeout: TIMEOUT_MS,
    allowCredentials: await credentialsOf(ctx, userId),
    userVerification: "required",
  });
}

/** What the browser needs for the caller to prove themselves with a passkey. */
export async function askOwnPasskey({ ctx }: { ctx: Ctx }): Promise<PasskeyRequest> {
  return askToProve(ctx, callerOf(ctx).id);
}

/** The same for the second step of a sign-in. AppError "expired" (the ticket). */
export async function askTicketPasskey({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { token: string };
}): Promise<PasskeyRequest> {
  return askToProve(ctx, await readTicket(ctx, input.token));
}

/** The same for sign-in by passkey alone: the device offers the ones it has. */
export async function askAnyPasskey({ ctx }: { ctx: Ctx }): Promise<PasskeyRequest> {
  assertOffered();
  const { generateAuthenticationOptions } = await loadWebauthn();
  return generateAuthenticationOptions({
    rpID: relyingParty().id,
    challenge: await issueChallenge(ctx, { purpose: "sign_in", userId: null }),
    timeout: TIMEOUT_MS,
    userVerification: "required",
  });
}
