import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { askTicketPasskey, type PasskeyRequest } from "@/lib/users";
import type { finishSignInSchema, passkeySignInSchema } from "@/lib/users/schemas";
import { safePath } from "./safe-path";
import { signInBy } from "./sign-in-by";
import { clearTicketCookie, readTicketCookie } from "./ticket-cookie";

/**
 * The second step of a sign-in: check the proof and set the session's cookie; returns the path to go to. AppErrors
 * with key "sign_in_expired" (begin again with the password), "bad_input", "too_many". Only for actions and routes (it writes cookies).
 */
export async function finishSession({ input }: { input: z.output<typeof finishSignInSchema> }) {
  const token = await readTicketCookie();
  await signInBy("second-factor", { token, proof: JSON.stringify(input.proof) });
  await clearTicketCookie();
  return { path: safePath(input.callbackUrl) };
}

/** Sign in by a passkey alone and set the session's cookie; returns the path to go to. AppError "bad_input". */
export async function startSessionByPasskey({ input }: { input: z.output<typeof passkeySignInSchema> }) {
  await signInBy("passkey", { answer: JSON.stringify(input.answer) });
  return { path: safePath(input.callbackUrl) };
}

/** What the browser needs to answer the second step with a passkey. AppError with key "sign_in_expired". */
export async function askSignInPasskey({ ctx }: { ctx: Ctx }): Promise<PasskeyRequest> {
  return askTicketPasskey({ ctx, input: { token: await readTicketCookie() } });
}
