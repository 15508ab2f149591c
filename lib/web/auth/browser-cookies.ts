import "server-only";
import { cookies } from "next/headers";
import type { Browser, SignedIn } from "@/lib/users";
import { isHttps } from "./is-https";
import { sessionIdOfCookie } from "./session-cookie";

/** The longest that browsers keep a cookie: 400 days. */
const DEVICE_COOKIE_SECONDS = 400 * 86_400;

const nameOf = (): string => `${isHttps() ? "__Host-" : ""}cardesk.devices`;

/** What the browser brings to a sign-in. */
export async function readBrowser(): Promise<Browser> {
  return { deviceCookie: (await cookies()).get(nameOf())?.value ?? null, sessionId: await sessionIdOfCookie() };
}

/** After a sign-in: the browser is known later. Only for actions and routes. */
export async function keepDevice(opened: SignedIn | null): Promise<void> {
  const value = opened?.deviceCookie;
  const options = {
    httpOnly: true,
    sameSite: "lax",
    secure: isHttps(),
    path: "/",
    maxAge: DEVICE_COOKIE_SECONDS,
  } as const;
  if (value) (await cookies()).set(nameOf(), value, options);
}
