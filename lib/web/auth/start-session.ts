import "server-only";
import { refusalOf, signIn } from "./next-auth";
import { safePath } from "./safe-path";

type Input = { username: string; password: string; callbackUrl?: string | undefined };

/**
 * Check name and password and set the session's cookie on this response; returns the path to go to. Throws AppError
 * "not_signed_in" or "too_many"; only for actions (it writes cookies).
 */
export async function startSession({ input }: { input: Input }): Promise<{ path: string }> {
  const { username, password } = input;
  try {
    await signIn("credentials", { username, password, redirect: false });
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
  return { path: safePath(input.callbackUrl) };
}
