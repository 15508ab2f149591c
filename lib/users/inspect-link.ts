import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { minLengthFor } from "@/lib/core/password-rule";
import { user } from "@/lib/db/schema";
import { readProvider } from "./identities";
import { findLink } from "./one-time-links";
import type { linkTokenSchema } from "./schemas";
import { askedSecondFactor } from "./second-factor/read-second-factor";

/**
 * The purpose of a one-time link. `username` is null for the first admin, who chooses one; `provider` names what can be
 * used instead of a password, by who has none yet; `minLength`: of the password, in characters, as `redeemLink` will ask
 * for it.
 */
export type LinkView = {
  kind: "setup" | "reset";
  username: string | null;
  provider: string | null;
  minLength: number;
};

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
  if (!link.userId) return { kind: link.kind, username: null, provider: null, minLength: minLengthFor(null) };
  const [found] = await ctx.db
    .select({ username: user.username, disabledAt: user.disabledAt, hash: user.passwordHash })
    .from(user)
    .where(eq(user.id, link.userId));
  if (!found || found.disabledAt) throw new AppError("expired", "link_expired");
  const provider = found.hash === null ? (readProvider()?.name ?? null) : null;
  const minLength = minLengthFor(await askedSecondFactor(ctx.db, link.userId));
  return { kind: link.kind, username: found.username, provider, minLength };
}
