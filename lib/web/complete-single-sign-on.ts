import "server-only";
import { headers } from "next/headers";
import type { NextRequest } from "next/server";
import { AuthError } from "next-auth";
import { noteRefusal } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { requestIdNow } from "@/lib/core/request-scope";
import { pauseBatchesOf } from "@/lib/keys";
import {
  linkIdentity,
  type ProviderClaims,
  proveByProvider,
  readClaims,
  redeemByProvider,
  SecondFactorNeeded,
  type SignedIn,
  type SingleSignOnAttempt,
  signInByProvider,
  takeAttempt,
} from "@/lib/users";
import type { SecondFactorMethods } from "@/lib/users/schemas";
import { reportError } from "./action";
import { takeAttemptCookie } from "./auth/attempt-cookie";
import { keepDevice, readBrowser } from "./auth/browser-cookies";
import { requireRole } from "./auth/current-user";
import { type Attempt, attempts, handlers, PROVIDER_ID } from "./auth/next-auth";
import { contextFrom } from "./auth/request-context";
import { shownKey } from "./auth/shown-refusal";
import { setTicketCookie } from "./auth/ticket-cookie";
import { toSingleSignOnRefusal } from "./auth/to-single-sign-on-refusal";

/** More than the longest code and state of a provider. */
const MOST_QUERY = 8_192;

/**
 * What the provider sent the browser back with: check it, do what the browser left for, and lead to a page of ours. It always
 * does, with words for whatever went wrong; the addresses are paths, so that they are right behind any proxy.
 */
export async function completeSingleSignOn(request: Request): Promise<Response> {
  let attempt: SingleSignOnAttempt | null = null;
  try {
    const token = await takeAttemptCookie();
    attempt = await takeAttempt(contextFrom(await headers()), token);
    return leadTo(attempt.path, await answer(attempt, new URL(request.url).search));
  } catch (error) {
    if (error instanceof SecondFactorNeeded) {
      await setTicketCookie(error.token);
      return leadTo("/login", [], { step: waysOf(error.methods), callbackUrl: attempt?.path ?? "/" });
    }
    const { key } = reportError("auth.single_sign_on", toSingleSignOnRefusal(error), requestIdNow());
    if (attempt && key === FAILED) await noteForged(contextFrom(await headers()));
    const own = attempt?.purpose === "link" || attempt?.purpose === "prove";
    return leadTo(own ? "/account" : "/login", [], { refused: shownKey(key) });
  }
}

const FAILED = "single_sign_on_failed";

/** An answer to a question of ours that does not hold. Other refusals are audited where they are made. */
const noteForged = (ctx: Ctx): Promise<void> =>
  noteRefusal({
    ctx,
    entry: {
      action: "session.refused",
      targetKind: "user",
      outcome: "refused",
      detail: { by: "provider", why: "not_valid" },
    },
  });

/** Let next-auth ask the provider and validate its answer. Returns the cookies to set. */
async function answer(attempt: SingleSignOnAttempt, search: string): Promise<string[]> {
  if (search.length > MOST_QUERY) throw new AppError("bad_input", FAILED);
  const incoming = new Headers(await headers());
  const { purpose } = attempt;
  const running: Attempt = { browser: await readBrowser(), opened: null, ofProvider: true };
  let done = false;
  running.answer = async (claims) => {
    const opened = await settle(attempt, readClaims(claims), running.browser);
    done = true;
    return opened;
  };
  const origin = `${incoming.get("x-forwarded-proto") ?? "http"}://${incoming.get("x-forwarded-host")}`;
  const asked = new Request(`${origin}/api/auth/callback/${PROVIDER_ID}${search}`, { headers: incoming });
  // Not one of Next's: that calls 127.0.0.1 "localhost", which is not the address the provider was told.
  const response = await attempts.run(running, () => handlers.GET(asked as NextRequest));
  if (!done) throw wasDeclined(running.failure, search) ? DECLINED() : running.failure;
  if (purpose === "sign_in" || purpose === "redeem") await keepDevice(running.opened);
  return response.headers.getSetCookie();
}

const DECLINED = () => new AppError("forbidden", "single_sign_on_cancelled");

/**
 * Whether the answer was the provider's "no" (RFC 6749, 4.1.2.1); next-auth tells its type and drops the rest. Its name is
 * that of a class, which a build shortens.
 */
const wasDeclined = (failure: unknown, search: string): boolean =>
  failure instanceof AuthError &&
  failure.type === "OAuthCallbackError" &&
  new URLSearchParams(search).get("error") === "access_denied";

/** Do what the browser left for, now that it is known who came back. A session where that is what it left for. */
async function settle(
  attempt: SingleSignOnAttempt,
  claims: ProviderClaims,
  browser: Awaited<ReturnType<typeof readBrowser>>,
): Promise<SignedIn | null> {
  const { purpose, sessionId, linkId, createdAt: askedAt } = attempt;
  if (purpose === "link" || purpose === "prove") {
    const ctx = await requireRole("support", { whileEnrolling: purpose === "prove" });
    if (ctx.actor.sessionId !== sessionId) throw new AppError("not_signed_in");
    return purpose === "link"
      ? linkIdentity({ ctx, input: claims })
      : proveByProvider({ ctx, input: { claims, askedAt } });
  }
  const ctx = contextFrom(await headers());
  if (purpose === "redeem") await redeemByProvider({ ctx, input: { linkId: linkId ?? "", claims } });
  return signInByProvider({ ctx, input: claims, browser, pauseBatches: pauseBatchesOf });
}

const waysOf = ({ code, passkey }: SecondFactorMethods): string =>
  code ? (passkey ? "code_passkey" : "code") : "passkey";

function leadTo(path: string, cookies: readonly string[], query: Record<string, string> = {}): Response {
  const search = new URLSearchParams(query).toString();
  const response = new Response(null, {
    status: 303,
    headers: { location: search ? `${path}?${search}` : path, "cache-control": "no-store" },
  });
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}
