import "server-only";
import { cookies } from "next/headers";
import { AppError } from "@/lib/core/errors";
import { TICKET_SECONDS } from "@/lib/users";
import { isHttps } from "./is-https";

const nameOf = (): string => `${isHttps() ? "__Host-" : ""}cardesk.sign-in-ticket`;

/** Keep the ticket of a sign-in's second step where no script reads it. Only for actions and routes. */
export async function setTicketCookie(token: string): Promise<void> {
  const rules = { httpOnly: true, sameSite: "strict", secure: isHttps(), path: "/", maxAge: TICKET_SECONDS } as const;
  (await cookies()).set(nameOf(), token, rules);
}

/** The ticket of the second step. AppError "bad_input" without one: browsers drop it as it expires. */
export async function readTicketCookie(): Promise<string> {
  const token = (await cookies()).get(nameOf())?.value;
  if (!token) throw new AppError("bad_input", "sign_in_expired");
  return token;
}

export async function clearTicketCookie(): Promise<void> {
  (await cookies()).set(nameOf(), "", { path: "/", secure: isHttps(), maxAge: 0 });
}
