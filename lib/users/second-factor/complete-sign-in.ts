import "server-only";
import type { Ctx } from "@/lib/context";
import { openSession } from "../open-session";
import type { SecondFactorProof } from "./schemas";
import { consumeTicket, takeTicketTry } from "./sign-in-tickets";
import { verifySecondFactor } from "./verify-second-factor";

type Call = { ctx: Ctx; input: { token: string; proof: SecondFactorProof } };

/**
 * The second step of a sign-in: check the proof for the ticket's user and open their session; returns its id. AppErrors
 * "expired" (the ticket: then the password is asked again), those of {@link verifySecondFactor}, "not_signed_in" (the
 * user was disabled in between).
 */
export async function completeSignIn({ ctx, input }: Call): Promise<string> {
  const { token, proof } = input;
  const userId = await takeTicketTry(ctx, token);
  const by = await verifySecondFactor({ ctx, userId, proof });
  return ctx.db.transaction(async (tx) => {
    // The user's row first, as disabling locks it: then neither waits for the other.
    const opened = await openSession(tx, ctx, { userId, by });
    await consumeTicket(tx, token, ctx.now());
    return opened;
  });
}
