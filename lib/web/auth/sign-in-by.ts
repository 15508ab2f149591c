import "server-only";
import { cookies } from "next/headers";
import { isHttps } from "./is-https";
import { attempts, refusalOf, signIn } from "./next-auth";
import { sessionIdOfCookie } from "./session-cookie";

/** The longest that browsers keep a cookie: 400 days. */
const DEVICE_COOKIE_SECONDS = 400 * 86_400;

type Provider = "credentials" | "second-factor" | "passkey";

/**
 * Sign in by one of next-auth's providers and set the session's cookie on this response, and the one by which this browser
 * is known later. Throws the AppError of a refusal; only for actions and routes (it writes cookies).
 */
export async function signInBy(provider: Provider, credentials: Record<string, string>): Promise<void> {
  const jar = await cookies();
  const name = `${isHttps() ? "__Host-" : ""}cardesk.devices`;
  const browser = { deviceCookie: jar.get(name)?.value ?? null, sessionId: await sessionIdOfCookie() };
  const attempt: Parameters<typeof attempts.run>[0] = { browser, opened: null };
  try {
    await attempts.run(attempt, () => signIn(provider, { ...credentials, redirect: false }));
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
  const value = attempt.opened?.deviceCookie;
  const options = {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(),
    path: "/",
    maxAge: DEVICE_COOKIE_SECONDS,
  } as const;
  if (value) jar.set(name, value, options);
}
