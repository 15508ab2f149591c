import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { noteRefusal } from "@/lib/audit";
import type { Actor, Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { allows, type Role } from "@/lib/core/roles";
import { database } from "@/lib/db/client";
import { isSecondFactorRequired, keepSettings, secondFactorPolicyOf } from "@/lib/settings";
import { hasProviderFactor, hasSecondFactor, readOpenSession } from "@/lib/users";
import { isUse } from "./is-use";
import { contextFrom } from "./request-context";
import { safePath } from "./safe-path";
import { sessionIdOfCookie } from "./session-cookie";

/**
 * The user of the session, and whether they must set up a second factor before anything else. Read once per request.
 * For access ask {@link requireRole} and {@link pageContext}.
 */
export const currentSession = cache(async (): Promise<{ actor: Actor | null; mustEnrol: boolean }> => {
  const used = isUse(await headers());
  const { db } = database();
  const found = await readOpenSession(db, await sessionIdOfCookie(), new Date(), { used });
  if (!found) return { actor: null, mustEnrol: false };
  const { actor, settings } = found;
  keepSettings(db, settings);
  if (!actor.id) return { actor, mustEnrol: false };
  const required = isSecondFactorRequired(secondFactorPolicyOf(settings), actor.role);
  return {
    actor,
    mustEnrol: required && !(await hasSecondFactor(db, actor.id)) && !(await hasProviderFactor(db, actor)),
  };
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
  /** Whose page asks; undefined: it does not say. Anybody else is not signed in there. */
  pageUser?: unknown;
};

/**
 * The context of a signed-in caller with at least `role`. A refusal is audited under the name of the `endpoint`.
 * Throws AppError "not_signed_in" or "forbidden".
 */
export async function requireRole(
  role: Role,
  { endpoint, requestId, whileEnrolling, pageUser }: Asked = {},
): Promise<Ctx> {
  const { actor, mustEnrol } = await currentSession();
  if (!actor || (pageUser !== undefined && pageUser !== actor.id)) throw new AppError("not_signed_in");
  if (mustEnrol && !whileEnrolling) throw new AppError("forbidden", "second_factor_required");
  const ctx = { ...contextFrom(await headers(), actor), ...(requestId && { requestId }) };
  if (allows(actor.role, role)) return ctx;
  if (endpoint) {
    await noteDenied(ctx, { targetKind: "endpoint", targetId: endpoint, needed: role });
  }
  throw new AppError("forbidden", "forbidden", { params: { role } });
}

type Denied = { targetKind: "endpoint" | "page"; targetId: string; needed: Role };

/** In batches where somebody keeps trying. */
const noteDenied = (ctx: Ctx, { needed, ...target }: Denied): Promise<void> =>
  noteRefusal({
    ctx,
    entry: { action: "access.refused", ...target, outcome: "refused", detail: { needed, had: ctx.actor.role } },
  });

type PageCaller = { ctx: Ctx; denied: boolean; mustEnrol: boolean };

/**
 * For pages: the context. An anonymous caller is sent to the sign-in page and back here afterwards, one who must set up
 * a second factor to the page that does it. A role that is too low gets `denied: true`, which is audited, and the page
 * shows `<DeniedState />`.
 */
export async function pageContext(
  role: Role,
  { whileEnrolling }: Pick<Asked, "whileEnrolling"> = {},
): Promise<PageCaller> {
  const { actor, mustEnrol } = await currentSession();
  const incoming = await headers();
  const here = safePath(incoming.get("x-cardesk-path"));
  if (!actor) {
    redirect(here === "/" ? "/login" : `/login?${new URLSearchParams({ callbackUrl: here })}`);
  }
  if (mustEnrol && !whileEnrolling) redirect("/second-factor");
  const ctx = contextFrom(incoming, actor);
  const denied = !allows(actor.role, role);
  // Without what was asked there: the path alone says which page it was.
  if (denied) await noteDenied(ctx, { targetKind: "page", targetId: pathOf(here), needed: role });
  return { ctx, denied, mustEnrol };
}

const pathOf = (address: string): string => (address.split("?", 1)[0] ?? "").slice(0, 128);
