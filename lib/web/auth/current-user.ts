import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { recordAudit } from "@/lib/audit";
import type { Actor, Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { allows, type Role } from "@/lib/core/roles";
import { database } from "@/lib/db/client";
import { readSecondFactorPolicy } from "@/lib/settings";
import { hasSecondFactor, isSecondFactorRequired, readSession } from "@/lib/users";
import { auth } from "./next-auth";
import { contextFrom } from "./request-context";
import { safePath } from "./safe-path";

/**
 * The user of the session, and whether they must set up a second factor before anything else. Read once per request.
 * For access ask {@link requireRole} and {@link pageContext}.
 */
export const currentSession = cache(async (): Promise<{ actor: Actor | null; mustEnrol: boolean }> => {
  const token: unknown = (await auth())?.user;
  const sid = typeof token === "object" && token !== null && "sid" in token ? token.sid : null;
  const { db } = database();
  const actor = await readSession(db, sid, new Date());
  if (!actor?.id) return { actor, mustEnrol: false };
  const required = isSecondFactorRequired(await readSecondFactorPolicy({ ctx: { db } }), actor.role);
  return { actor, mustEnrol: required && !(await hasSecondFactor(db, actor.id)) };
});

/** The caller, from the database; null if anonymous. Who must set up a second factor first is nobody yet. */
export async function currentActor(): Promise<Actor | null> {
  const { actor, mustEnrol } = await currentSession();
  return mustEnrol ? null : actor;
}

type Asked = {
  endpoint?: string;
  requestId?: string;
  /** Also for who must set up a second factor first: only what that takes, and signing out. */
  whileEnrolling?: boolean | undefined;
};

/**
 * The context of a signed-in caller with at least `role`. A refusal is audited under the name of the `endpoint`.
 * Throws AppError "not_signed_in" or "forbidden".
 */
export async function requireRole(role: Role, { endpoint, requestId, whileEnrolling }: Asked = {}): Promise<Ctx> {
  const { actor, mustEnrol } = await currentSession();
  if (!actor) throw new AppError("not_signed_in");
  if (mustEnrol && !whileEnrolling) throw new AppError("forbidden", "second_factor_required");
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

type PageCaller = { ctx: Ctx; denied: boolean; mustEnrol: boolean };

/**
 * For pages: the context. An anonymous caller is sent to the sign-in page and back here afterwards, one who must set up
 * a second factor to the page that does it. A role that is too low gets `denied: true`, and the page shows `<DeniedState />`.
 */
export async function pageContext(
  role: Role,
  { whileEnrolling }: Pick<Asked, "whileEnrolling"> = {},
): Promise<PageCaller> {
  const { actor, mustEnrol } = await currentSession();
  const incoming = await headers();
  if (!actor) {
    const here = safePath(incoming.get("x-cardesk-path"));
    redirect(here === "/" ? "/login" : `/login?${new URLSearchParams({ callbackUrl: here })}`);
  }
  if (mustEnrol && !whileEnrolling) redirect("/second-factor");
  return { ctx: contextFrom(incoming, actor), denied: !allows(actor.role, role), mustEnrol };
}
