import "server-only";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { baseUrlProblem, env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { MOST_SESSION_HOURS } from "@/lib/settings/schemas";
import { type AttemptPurpose, assertProvedByProvider, findInvitation, issueAttempt, readProvider } from "@/lib/users";
import type { beginSingleSignOnSchema, redeemByProviderSchema } from "@/lib/users/schemas";
import { setAttemptCookie } from "./attempt-cookie";
import { type Attempt, attempts, PROVIDER_ID, signIn } from "./next-auth";
import { safePath } from "./safe-path";
import { toSingleSignOnRefusal } from "./to-single-sign-on-refusal";

/** Where the browser goes now: a page of the provider. */
export type ProviderPage = { url: string };

/** Of a provider that is asked for an age its answer says when somebody signed in there: without it nothing counts as fresh. */
const SIGN_IN = { max_age: String(MOST_SESSION_HOURS * 3_600) };
/** Whoever is signed in there is asked again. */
const AGAIN = { prompt: "login", max_age: "0" };

type SignIn = { ctx: Ctx; input: z.output<typeof beginSingleSignOnSchema> };
/** Begin to sign in by the provider. AppErrors "not_configured", "unavailable". Only for actions, as all of these. */
export const beginSingleSignOn = ({ ctx, input }: SignIn): Promise<ProviderPage> =>
  begin(ctx, { purpose: "sign_in" }, safePath(input.callbackUrl));

type Redeem = { ctx: Ctx; input: z.output<typeof redeemByProviderSchema> };
/** Begin to use a one-time link by the provider. Also AppError "expired". */
export async function beginRedeeming({ ctx, input }: Redeem): Promise<ProviderPage> {
  return begin(ctx, { purpose: "redeem", ...(await findInvitation({ ctx, input })) }, "/");
}

/** What the page says when it worked. */
const OWN_PATH = { link: "/account?provider=linked", prove: "/account?provider=proved" } as const;

/** Begin to link the caller's account. */
export const beginLinking = ({ ctx }: { ctx: Ctx }): Promise<ProviderPage> => beginOwn(ctx, "link");

/** Begin to prove by the provider that it is still the caller. Also AppError "conflict" (another proof is asked for). */
export async function beginProving({ ctx }: { ctx: Ctx }): Promise<ProviderPage> {
  await assertProvedByProvider({ ctx });
  return beginOwn(ctx, "prove");
}

function beginOwn(ctx: Ctx, purpose: "link" | "prove"): Promise<ProviderPage> {
  const { sessionId } = ctx.actor;
  if (!sessionId) throw new AppError("not_signed_in");
  return begin(ctx, { purpose, sessionId }, OWN_PATH[purpose]);
}

async function begin(ctx: Ctx, about: AttemptPurpose, path: string): Promise<ProviderPage> {
  if (!readProvider()) throw new AppError("not_configured", "single_sign_on_off");
  const attempt: Attempt = { browser: { deviceCookie: null, sessionId: null }, opened: null, ofProvider: true };
  const asked = about.purpose === "prove" ? AGAIN : SIGN_IN;
  const going: Promise<string> = attempts.run(attempt, () =>
    signIn(PROVIDER_ID, { redirect: false, redirectTo: "/" }, asked),
  );
  const url = await going.catch((error: unknown) => {
    throw toSingleSignOnRefusal(attempt.failure ?? error);
  });
  // next-auth answers with a page of its own that it could not ask the provider.
  if (attempt.failure) throw toSingleSignOnRefusal(attempt.failure);
  // It comes from the provider's discovery, and the browser goes there: never to a script.
  if (baseUrlProblem(url, env().ALLOW_INSECURE_LOOPBACK_UPSTREAMS)) throw toSingleSignOnRefusal(null);
  await setAttemptCookie(await issueAttempt(ctx, { ...about, path }));
  return { url };
}
