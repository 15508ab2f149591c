import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { auth } from "@/lib/auth/next-auth";
import { contextFrom } from "@/lib/auth/request-context";
import type { Actor, Ctx } from "@/lib/context";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { readSession } from "@/lib/users/read-session";
import { allows, type Role } from "@/lib/users/schemas";

/** Who is asking, from the database; null for nobody. Read once a request. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const token: unknown = await auth();
  const sid = typeof token === "object" && token !== null && "sid" in token ? token.sid : null;
  return readSession(database().db, sid, new Date());
});

/** The context of a signed-in caller with at least `role`. Throws AppError "not_signed_in" or "forbidden". */
export async function requireRole(role: Role): Promise<Ctx> {
  const actor = await currentActor();
  if (!actor) throw new AppError("not_signed_in");
  if (!allows(actor.role, role)) throw new AppError("forbidden", "forbidden", { params: { role } });
  return contextFrom(await headers(), actor);
}

/**
 * For pages: the context, or the sign-in page for nobody. A role that is too low gets `denied: true`, and the page
 * shows `<DeniedState />`.
 */
export async function pageContext(role: Role): Promise<{ ctx: Ctx; denied: boolean }> {
  const actor = await currentActor();
  if (!actor) redirect("/login");
  return { ctx: contextFrom(await headers(), actor), denied: !allows(actor.role, role) };
}
