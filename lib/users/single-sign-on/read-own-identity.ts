import "server-only";
import { eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { user } from "@/lib/db/schema";
import { findLinked, readProvider } from "../identities";
import { callerOf } from "../second-factor/caller";

/** How the caller signs in: whether by a password, and by today's provider of single sign-on. */
export type OwnIdentity = {
  hasPassword: boolean;
  /** Its name; null where single sign-on is not configured. */
  provider: string | null;
  identity: { label: string; roleByClaim: boolean; since: string; lastUsedAt: string | null } | null;
};

export async function readOwnIdentity({ ctx }: { ctx: Ctx }): Promise<OwnIdentity> {
  const { id: userId } = callerOf(ctx);
  const [found] = await ctx.db.select({ hash: user.passwordHash }).from(user).where(eq(user.id, userId));
  const linked = await findLinked(ctx.db, userId);
  return {
    hasPassword: typeof found?.hash === "string",
    provider: readProvider()?.name ?? null,
    identity: linked && {
      label: linked.label,
      roleByClaim: linked.roleByClaim,
      since: linked.createdAt.toISOString(),
      lastUsedAt: linked.lastUsedAt?.toISOString() ?? null,
    },
  };
}
