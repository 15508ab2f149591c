import "server-only";
import { EnvError } from "./env.ts";
import { MIN_LENGTH, type PasswordFault, passwordFault } from "./password-rule.ts";

const SENTENCES: Record<PasswordFault, string> = {
  password_too_short: `must have at least ${MIN_LENGTH.alone} characters`,
  password_has_name: "must not contain the name of the user (with DEMO_USERS: nor support or operator)",
  password_common: "is too easy to guess: take more words, or let a password manager make one",
};

/** EnvError, which says why and not what it is, if ADMIN_PASSWORD is one that the new user `username` could not choose. */
export async function assertGoodAdminPassword(password: string, username: string): Promise<void> {
  const fault = await passwordFault({ password, username });
  if (fault) throw new EnvError(`Bad configuration. ADMIN_PASSWORD: ${SENTENCES[fault]}`);
}
