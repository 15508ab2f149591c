import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { recordAudit } from "@/lib/audit";
import type { Actor, Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { allows, type Role } from "@/lib/core/roles";
import { database } from "@/lib/db/client";
import { readSession } from "@/lib/users";
import { isUse } from "./is-use";
import { contextFrom } from "./request-context";
import { safePath } from "./safe-path";
import { sessionIdOfCookie } from "./session-cookie";

/** The caller, from the database; null if anonymous. Read once per request. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const used = isUse(await headers());
  return readSession(database().db, await sessionIdOfCookie(), new Date(), { used });
});

type Asked = { endpoint?: string; requestId?: string };

/**
 * The context of a signed-in caller with at least `role`. A refusal is audited under the name of the `endpoint`.
 * Throws AppError "not_signed_in" or "forbidden".
 */
export async function requireRole(role: Role, { endpoint, requestId }: Asked = {}): Promise<Ctx> {
  const actor = await currentActor();
  if (!actor) throw new AppError("not_signed_in");
  const ctx = { ...contextFrom(await headers(), actor), ...(requestId && { requestId }) };
  if (allows(actor.role, role)) return ctx;
  if (endpoint) {
    const refusal = {
      action: "access.refused",
      targetKind: "endpoint",
      targetId: endpoint,
      outcome: "refused" as const,
    };
    await recordAudit(ctx.db, ctx, { ...refusal, detail: { needed: role, had: actor.role } });
  }
  throw new AppError("forbidden", "forbidden", { params: { role } });
}

/**
 * For pages: the context. An anonymous caller is sent to the sign-in page and back here afterwards. A role that is too
 * low gets `denied: true`, and the page shows `<DeniedState />`.
 */
export async function pageContext(role: Role): Promise<{ ctx: Ctx; denied: boolean }> {
  const actor = await currentActor();
  const incoming = await headers();
  if (!actor) {
    const here = safePath(incoming.get("x-cardesk-path"));
    redirect(here === "/" ? "/login" : `/login?${new URLSearchParams({ callbackUrl: here })}`);
  }
  return { ctx: contextFrom(incoming, actor), denied: !allows(actor.role, role) };
}
