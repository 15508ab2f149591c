import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { user } from "@/lib/db/schema";
import { findLink } from "../one-time-links";
import type { redeemByProviderSchema } from "../schemas";

type Call = { ctx: Ctx; input: z.output<typeof redeemByProviderSchema> };

/**
 * The one-time link that single sign-on may use instead of a password: that of somebody who has none. AppError "expired" for
 * any other.
 */
export async function findInvitation({ ctx, input }: Call): Promise<{ linkId: string }> {
  const link = await findLink(ctx.db, input.token, ctx.now());
  const invited = and(eq(user.id, link?.userId ?? NOBODY), isNull(user.disabledAt), isNull(user.passwordHash));
  const [found] = await ctx.db.select({ id: user.id }).from(user).where(invited);
  if (!link || !found) throw new AppError("expired", "link_expired");
  return { linkId: link.id };
}

const NOBODY = "00000000-0000-0000-0000-000000000000";
