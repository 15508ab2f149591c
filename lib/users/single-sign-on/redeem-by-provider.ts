import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { user } from "@/lib/db/schema";
import { consumeLinkById } from "../one-time-links";
import type { ProviderClaims } from "./read-claims";
import { storeIdentity } from "./store-identity";

type Call = { ctx: Ctx; input: { linkId: string; claims: ProviderClaims } };

/**
 * Use a one-time link by single sign-on instead of setting a password: who has none yet is linked to whom the provider
 * named. AppErrors "expired" (the link), "conflict" (one of the two is linked already; the link stays good).
 */
export async function redeemByProvider({ ctx, input }: Call): Promise<null> {
  const { linkId, claims } = input;
  return ctx.db.transaction(async (tx) => {
    const link = await consumeLinkById(tx, linkId, { at: ctx.now(), from: ctx.ip });
    const userId = link?.userId ?? null;
    if (userId === null) throw new AppError("expired", "link_expired");
    const invited = and(eq(user.id, userId), isNull(user.disabledAt), isNull(user.passwordHash));
    const { username, role } = user;
    const [found] = await tx.select({ username, role }).from(user).where(invited).for("update");
    if (!found) throw new AppError("expired", "link_expired");
    const actor = { id: userId, name: found.username, role: found.role, sessionId: null };
    await storeIdentity(tx, { ...ctx, actor }, { userId, username: found.username, by: "link", claims });
    return null;
  });
}
