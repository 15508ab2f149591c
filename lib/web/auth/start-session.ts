import "server-only";
import { SecondFactorNeeded } from "@/lib/users";
import type { SecondFactorMethods } from "@/lib/users/schemas";
import { safePath } from "./safe-path";
import { signInBy } from "./sign-in-by";
import { setTicketCookie } from "./ticket-cookie";

type Input = { username: string; password: string; callbackUrl?: string | undefined };

/** Signed in, with the path to go to; or the second factor is awaited, and what can be shown. */
export type SignInStep = { path: string } | { secondFactor: SecondFactorMethods };

/**
 * Check name and password and set the cookies of the session and of this browser on this response, or that of the second
 * step's ticket. Throws AppError "not_signed_in" or "too_many"; only for actions and routes (it writes cookies).
 */
export async function startSession({ input }: { input: Input }): Promise<SignInStep> {
  const { username, password } = input;
  try {
    await signInBy("credentials", { username, password });
  } catch (error) {
    if (!(error instanceof SecondFactorNeeded)) throw error;
    await setTicketCookie(error.token);
    return { secondFactor: error.methods };
  }
  return { path: safePath(input.callbackUrl) };
}
