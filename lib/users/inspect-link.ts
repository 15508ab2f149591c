import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { user } from "@/lib/db/schema";
import { findLink } from "./one-time-links";
import type { linkTokenSchema } from "./schemas";

/** The purpose of a one-time link. `username` is null for the first admin, who chooses one. */
export type LinkView = { kind: "setup" | "reset"; username: string | null };

/** Read a link without using it. AppError "expired" if it can't be used, for any reason. */
export async function inspectLink({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof linkTokenSchema>;
}): Promise<LinkView> {
  const link = await findLink(ctx.db, input.token, ctx.now());
  if (!link) throw new AppError("expired", "link_expired");
  if (!link.userId) return { kind: link.kind, username: null };
  const [found] = await ctx.db
    .select({ username: user.username, disabledAt: user.disabledAt })
    .from(user)
    .where(eq(user.id, link.userId));
  if (!found || found.disabledAt) throw new AppError("expired", "link_expired");
  return { kind: link.kind, username: found.username };
}
