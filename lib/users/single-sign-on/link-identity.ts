import "server-only";
import type { Ctx } from "@/lib/context";
import { callerOf } from "../second-factor/caller";
import type { ProviderClaims } from "./read-claims";
import { storeIdentity } from "./store-identity";

/** Link the caller's account to whom the provider named. AppError "conflict": one of the two is linked already. */
export async function linkIdentity({ ctx, input: claims }: { ctx: Ctx; input: ProviderClaims }): Promise<null> {
  const { id: userId, name: username } = callerOf(ctx);
  await ctx.db.transaction((tx) => storeIdentity(tx, ctx, { userId, username, by: "oneself", claims }));
  return null;
}
