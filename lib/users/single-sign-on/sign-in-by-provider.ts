import "server-only";
import { noteRefusal } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { type Browser, openSession, type SignedIn } from "../open-session";
import type { PauseBatches } from "../pause-batches";
import { askedSecondFactor } from "../second-factor/read-second-factor";
import { issueTicket, SecondFactorNeeded } from "../second-factor/sign-in-tickets";
import { admit } from "./admit";
import type { ProviderClaims } from "./read-claims";

type Call = {
  ctx: Ctx;
  input: ProviderClaims;
  browser?: Browser | undefined;
  pauseBatches: PauseBatches;
};

/**
 * Sign in whom the provider named: who is linked to a user, or whose role claim stands for a role. The role claim's users
 * get the role it stands for now. Anybody else is refused, and so are disabled users: AppError "forbidden". A second
 * factor is asked for unless the provider did: {@link SecondFactorNeeded}.
 */
export async function signInByProvider({ ctx, input: claims, browser, pauseBatches }: Call): Promise<SignedIn> {
  const { userId, refused } = await ctx.db.transaction((tx) => admit(tx, ctx, { claims, pauseBatches }));
  if (refused) {
    const target = { targetKind: "user", ...(userId && { targetId: userId }) };
    const detail = { by: "provider", identity: claims.label, why: refused };
    await noteRefusal({ ctx, entry: { action: "session.refused", ...target, outcome: "refused", detail } });
    throw new AppError("forbidden", "single_sign_on_refused");
  }
  const methods = claims.hasFactor ? null : await askedSecondFactor(ctx.db, userId);
  if (methods) throw new SecondFactorNeeded(await issueTicket(ctx, { userId }), methods);
  const now = ctx.now();
  const { authenticatedAt, hasFactor: providerFactor } = claims;
  // Without a word of when, the provider may have asked for nothing: that is no fresh proof.
  const provedAt = authenticatedAt && authenticatedAt > now ? now : authenticatedAt;
  return ctx.db.transaction((tx) =>
    openSession(tx, ctx, { userId, browser, by: "provider", provedAt, providerFactor }),
  );
}
