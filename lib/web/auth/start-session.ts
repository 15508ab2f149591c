import "server-only";
import { cookies } from "next/headers";
import { attempts, isHttps, refusalOf, signIn } from "./next-auth";
import { safePath } from "./safe-path";
import { sessionIdOfCookie } from "./session-cookie";

type Input = { username: string; password: string; callbackUrl?: string | undefined };

/** The longest that browsers keep a cookie: 400 days. */
const DEVICE_COOKIE_SECONDS = 400 * 86_400;

/**
 * Check name and password and set the session's cookie on this response, and the one by which this browser is known
 * later; returns the path to go to. Throws AppError "not_signed_in" or "too_many"; only for actions and routes (it writes
 * cookies).
 */
export async function startSession({ input }: { input: Input }): Promise<{ path: string }> {
  const { username, password } = input;
  const jar = await cookies();
  const name = `${isHttps() ? "__Host-" : ""}cardesk.devices`;
  const browser = { deviceCookie: jar.get(name)?.value ?? null, sessionId: await sessionIdOfCookie() };
  const attempt: Parameters<typeof attempts.run>[0] = { browser, opened: null };
  try {
    await attempts.run(attempt, () => signIn("credentials", { username, password, redirect: false }));
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
  return { path: safePath(input.callbackUrl) };
}
