import "server-only";
import { auth } from "./next-auth";

/** The id of the session in the caller's cookie; the session may have ended. Null without one. */
export async function sessionIdOfCookie(): Promise<string | null> {
  const token: unknown = (await auth())?.user;
  const sid = typeof token === "object" && token !== null && "sid" in token ? token.sid : null;
  return typeof sid === "string" ? sid : null;
}
