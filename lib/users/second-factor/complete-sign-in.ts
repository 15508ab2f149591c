import "server-only";
import type { Ctx } from "@/lib/context";
import { findKnownDevice, readDeviceCookie } from "../known-devices";
import { type Browser, openSession, type SignedIn } from "../open-session";
import type { SecondFactorProof } from "./schemas";
import { consumeTicket, takeTicketTry } from "./sign-in-tickets";
import { verifySecondFactor } from "./verify-second-factor";

type Call = { ctx: Ctx; input: { token: string; proof: SecondFactorProof }; browser?: Browser | undefined };

/**
 * The second step of a sign-in: check the proof for the ticket's user and open their session. AppErrors
 * "expired" (the ticket: then the password is asked again), those of {@link verifySecondFactor}, "not_signed_in" (the
 * user was disabled in between).
 */
export async function completeSignIn({ ctx, input, browser }: Call): Promise<SignedIn> {
  const { token, proof } = input;
  const userId = await takeTicketTry(ctx, token);
  const device = await findKnownDevice(ctx.db, readDeviceCookie(browser?.deviceCookie ?? null), userId);
  const by = await verifySecondFactor({ ctx, userId, proof, device });
  return ctx.db.transaction(async (tx) => {
    // The user's row first, as disabling locks it: then neither waits for the other.
    const opened = await openSession(tx, ctx, { userId, browser, by });
    await consumeTicket(tx, token, ctx.now());
    return opened;
  });
}
