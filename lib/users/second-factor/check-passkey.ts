import "server-only";
import { eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { passkey } from "@/lib/db/schema";
import { takeChallenge } from "./passkey-challenges";
import { relyingParty } from "./relying-party";
import type { PasskeyAnswer } from "./schemas";
import { loadWebauthn } from "./webauthn";

/** What an answer is checked for: proving oneself as a known user, or signing in by the passkey alone. */
type Purpose = { purpose: "prove"; userId: string } | { purpose: "sign_in" };

/** The user whose passkey signed the open challenge; null for any other answer. Takes the challenge. */
export async function checkPasskey(ctx: Ctx, answer: PasskeyAnswer, wanted: Purpose): Promise<string | null> {
  const [stored] = await ctx.db.select().from(passkey).where(eq(passkey.credentialId, answer.id));
  if (!stored || (wanted.purpose === "prove" && stored.userId !== wanted.userId)) return null;
  const { id: rpId, origin } = relyingParty();
  const asked = wanted.purpose === "prove" ? wanted : { purpose: wanted.purpose, userId: null };
  const { verifyAuthenticationResponse } = await loadWebauthn();
  const checked = await verifyAuthenticationResponse({
    response: answer,
    expectedChallenge: (challenge) => takeChallenge(ctx, challenge, asked),
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    credential: { id: stored.credentialId, publicKey: new Uint8Array(stored.publicKey), counter: stored.counter },
  }).catch(() => null);
  if (!checked?.verified) return null;
  const { newCounter, credentialBackedUp } = checked.authenticationInfo;
  const used = { counter: newCounter, backedUp: credentialBackedUp, lastUsedAt: ctx.now() };
  await ctx.db.update(passkey).set(used).where(eq(passkey.id, stored.id));
  return stored.userId;
}
