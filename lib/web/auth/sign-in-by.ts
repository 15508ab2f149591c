import "server-only";
import { keepDevice, readBrowser } from "./browser-cookies";
import { attempts, refusalOf, signIn } from "./next-auth";

type Provider = "credentials" | "second-factor" | "passkey";

/**
 * Sign in by one of next-auth's providers and set the session's cookie on this response, and the one by which this browser
 * is known later. Throws the AppError of a refusal; only for actions and routes (it writes cookies).
 */
export async function signInBy(provider: Provider, credentials: Record<string, string>): Promise<void> {
  const attempt: Parameters<typeof attempts.run>[0] = { browser: await readBrowser(), opened: null };
  try {
    await attempts.run(attempt, () => signIn(provider, { ...credentials, redirect: false }));
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
  await keepDevice(attempt.opened);
}
