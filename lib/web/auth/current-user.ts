import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { noteRefusal } from "@/lib/audit";
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

/**
 * For pages: the context. An anonymous caller is sent to the sign-in page and back here afterwards. A role that is too
 * low gets `denied: true`, which is audited, and the page shows `<DeniedState />`.
 */
export async function pageContext(role: Role): Promise<{ ctx: Ctx; denied: boolean }> {
  const actor = await currentActor();
  const incoming = await headers();
  const here = safePath(incoming.get("x-cardesk-path"));
  if (!actor) {
    redirect(here === "/" ? "/login" : `/login?${new URLSearchParams({ callbackUrl: here })}`);
  }
  const ctx = contextFrom(incoming, actor);
  const denied = !allows(actor.role, role);
  // Without what was asked there: the path alone says which page it was.
  if (denied) await noteDenied(ctx, { targetKind: "page", targetId: pathOf(here), needed: role });
  return { ctx, denied };
}

const pathOf = (address: string): string => (address.split("?", 1)[0] ?? "").slice(0, 128);
