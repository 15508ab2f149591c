import "server-only";
import { cookies } from "next/headers";
import { ATTEMPT_SECONDS } from "@/lib/users";
import { isHttps } from "./is-https";

const nameOf = (): string => `${isHttps() ? "__Host-" : ""}cardesk.single-sign-on`;

/** Keep the token of a way to the provider: the browser that left is the one that comes back. Only for actions. */
export async function setAttemptCookie(token: string): Promise<void> {
  // Not "strict": it is the provider's site that sends the browser back.
  const rules = { httpOnly: true, sameSite: "lax", secure: isHttps(), path: "/", maxAge: ATTEMPT_SECONDS } as const;
  (await cookies()).set(nameOf(), token, rules);
}

/** Take the token; the cookie goes. Null without one. Only for routes. */
export async function takeAttemptCookie(): Promise<string | null> {
  const jar = await cookies();
  const token = jar.get(nameOf())?.value ?? null;
  if (token !== null) jar.set(nameOf(), "", { path: "/", secure: isHttps(), maxAge: 0 });
  return token;
}
