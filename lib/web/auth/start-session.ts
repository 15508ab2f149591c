import "server-only";
import { SecondFactorNeeded } from "@/lib/users";
import type { SecondFactorMethods } from "@/lib/users/schemas";
import { refusalOf, signIn } from "./next-auth";
import { safePath } from "./safe-path";
import { setTicketCookie } from "./ticket-cookie";

type Input = { username: string; password: string; callbackUrl?: string | undefined };

/** Signed in, with the path to go to; or the second factor is awaited, and what can be shown. */
export type SignInStep = { path: string } | { secondFactor: SecondFactorMethods };

/**
 * Check name and password and set the session's cookie on this response, or that of the second step's ticket. Throws
 * AppError "not_signed_in" or "too_many"; only for actions (it writes cookies).
 */
export async function startSession({ input }: { input: Input }): Promise<SignInStep> {
  const { username, password } = input;
  try {
    await signIn("credentials", { username, password, redirect: false });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!(refusal instanceof SecondFactorNeeded)) throw refusal ?? error;
    await setTicketCookie(refusal.token);
    return { secondFactor: refusal.methods };
  }
  return { path: safePath(input.callbackUrl) };
}
