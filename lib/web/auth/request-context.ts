import "server-only";
import { type Actor, type Ctx, SYSTEM } from "@/lib/context";
import { requestIdNow } from "@/lib/core/request-scope";
import { database } from "@/lib/db/client";

const ANONYMOUS: Actor = { ...SYSTEM, name: "anonymous", role: "support" };

/**
 * A context for a request whose actor is unknown (sign-in, set-up) or known already. The address is the last entry of
 * x-forwarded-for, written by our own server (or the proxy it trusts); earlier entries are the caller's claims.
 */
export function contextFrom(headers: Headers, actor: Actor = ANONYMOUS): Ctx {
  return {
    actor,
    requestId: requestIdNow(),
    ip: headers.get("x-forwarded-for")?.split(",").at(-1)?.trim().slice(0, 64) || null,
    userAgent: headers.get("user-agent")?.slice(0, 256) ?? null,
    now: () => new Date(),
    db: database().db,
  };
}
