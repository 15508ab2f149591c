import "server-only";
import { headers } from "next/headers";
import { auth } from "./next-auth";

/** Of so many browsers it is remembered what their cookie says. */
const MOST_REMEMBERED = 1_000;
/** One of ours has about 300 characters; anybody who is signed in may send more beside it, up to all that headers may have. */
const LONGEST_REMEMBERED = 2_000;

/** What cookies said whose seal was checked, until they expire: unsealing takes longer than asking for the session. */
const remembered = new Map<string, { sid: string; expires: number }>();

/**
 * The id of the session in the caller's cookie; the session may have ended, which the database is asked each time. Null
 * without one.
 */
export async function sessionIdOfCookie(): Promise<string | null> {
  const sealed = sessionCookies((await headers()).get("cookie") ?? "");
  const known = remembered.get(sealed);
  if (known && known.expires > Date.now()) return known.sid;
  remembered.delete(sealed);
  const token: unknown = (await auth())?.user;
  const { sid, exp } = (token ?? {}) as { sid?: unknown; exp?: unknown };
  if (typeof sid !== "string") return null;
  if (sealed && sealed.length <= LONGEST_REMEMBERED && typeof exp === "number")
    remember(sealed, { sid, expires: exp * 1_000 });
  return sid;
}

function remember(sealed: string, said: { sid: string; expires: number }): void {
  const [oldest] = remembered.keys();
  if (remembered.size >= MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  remembered.set(sealed, said);
}

/** All that next-auth reads a session from: a long one comes in parts. */
const sessionCookies = (cookie: string): string =>
  (cookie.match(/(?:^|(?<=;\s*))(?:__Host-)?authjs\.session-token[^=;]*=[^;]*/g) ?? []).join(";");
