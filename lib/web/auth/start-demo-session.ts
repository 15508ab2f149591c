import "server-only";
import { isLoopbackHost } from "@/lib/core/base-url";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import type { Role } from "@/lib/core/roles";
import { type SignInStep, startSession } from "./start-session";

/**
 * Whether the sign-in page offers the demo's users without their password: only with the sandbox, and only where nobody but
 * this machine gets to.
 */
export function offersDemoUsers(): boolean {
  const { DEMO_USERS, SANDBOX_URL, ADMIN_PASSWORD, HOST, APP_URL, TRUST_PROXY } = env();
  if (!DEMO_USERS || !SANDBOX_URL || !ADMIN_PASSWORD) return false;
  // Whom a proxy lets in comes from this machine too, and it may name this machine as the host.
  if (TRUST_PROXY) return false;
  return [HOST, APP_URL && new URL(APP_URL).hostname].every((host) => !host || isLoopbackHost(host));
}

type Input = { role: Role; callbackUrl?: string | undefined };

/** Sign in as the demo's user of a role; their password never leaves the server. AppError "not_found" where none is offered. */
export async function startDemoSession({ input: { role, callbackUrl } }: { input: Input }): Promise<SignInStep> {
  const { ADMIN_USER, ADMIN_PASSWORD } = env();
  if (!offersDemoUsers() || !ADMIN_USER || !ADMIN_PASSWORD) throw new AppError("not_found");
  return startSession({
    input: { username: role === "admin" ? ADMIN_USER : role, password: ADMIN_PASSWORD, callbackUrl },
  });
}
