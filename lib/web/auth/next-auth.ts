import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { headers } from "next/headers";
import NextAuth, { AuthError, CredentialsSignin, customFetch } from "next-auth";
import type { Provider } from "next-auth/providers";
import Credentials from "next-auth/providers/credentials";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { toDatabaseFault } from "@/lib/db/errors";
import { MOST_SESSION_HOURS } from "@/lib/settings/schemas";
import {
  type Browser,
  signOut as closeSession,
  completeSignIn,
  signIn as openSession,
  type SignedIn,
  signInByPasskey,
} from "@/lib/users";
import { passkeySignInSchema, secondFactorProofSchema, signInSchema } from "@/lib/users/schemas";
import { isHttps } from "./is-https";
import { providerFetch } from "./provider-fetch";
import { contextFrom } from "./request-context";
import { isUnreadableCookie } from "./unreadable-cookie";

/** Carries an AppError's key through next-auth, which shows only `code`. */
class Refused extends CredentialsSignin {
  readonly refusal: AppError;
  constructor(refusal: AppError) {
    super();
    this.code = refusal.key;
    this.refusal = refusal;
  }
}

/** The AppError in what next-auth's `signIn` throws; null for any other failure. */
export const refusalOf = (error: unknown): AppError | null => (error instanceof Refused ? error.refusal : null);

/**
 * A sign-in under way: next-auth hands on what was typed or shown, and of what comes of it the session's id alone. Of
 * single sign-on it hands on what the provider said (`answer`), or why it said nothing (`failure`).
 */
export type Attempt = {
  browser: Browser;
  opened: SignedIn | null;
  /** It is single sign-on: what fails is mostly the provider's, and no fault of ours. */
  ofProvider?: true;
  answer?: (claims: unknown) => Promise<SignedIn | null>;
  failure?: unknown;
};
export const attempts = new AsyncLocalStorage<Attempt>();

/** Open a session for the sign-in under way; its refusals go through next-auth. */
async function opening(open: (browser: Browser | undefined) => Promise<SignedIn>): Promise<{ id: string }> {
  const attempt = attempts.getStore();
  try {
    const opened = await open(attempt?.browser);
    if (attempt) attempt.opened = opened;
    return { id: opened.sessionId };
  } catch (error) {
    const refusal = toDatabaseFault(error) ?? error;
    throw refusal instanceof AppError && refusal.code !== "internal" ? new Refused(refusal) : error;
  }
}

/** The id of single sign-on in next-auth, and the end of its callback's path. */
export const PROVIDER_ID = "oidc";

/** The provider of single sign-on, found by discovery; none where it is not configured. */
function singleSignOn(): Provider[] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_SCOPES } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return [];
  return [
    {
      id: PROVIDER_ID,
      name: PROVIDER_ID,
      type: "oidc",
      issuer: OIDC_ISSUER,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      authorization: { params: { scope: OIDC_SCOPES } },
      checks: ["pkce", "state", "nonce"],
      // The profile is the user info, whose subject is compared with the ID token's: many put groups there alone.
      idToken: false,
      profile: ({ sub }) => ({ id: String(sub) }),
      // Only from the options: next-auth loses symbols elsewhere.
      options: { [customFetch]: providerFetch },
    },
  ];
}

/** The error a provider named, such as "invalid_client": for whoever set it up. */
function saidBy(failure: unknown): string | undefined {
  const said = failure instanceof Error && "error" in failure ? failure.error : undefined;
  return typeof said === "string" ? said.slice(0, 64) : undefined;
}

/** The claims of an ID token that next-auth has validated. */
const claimsOf = (idToken: unknown): object =>
  JSON.parse(Buffer.from(String(idToken).split(".")[1] ?? "", "base64url").toString("utf8"));

/**
 * next-auth carries the cookie and nothing else: the token holds a session id (`sid`), and the user is read from the
 * database each time. `auth()` returns `{ user: { sid, exp } }`; never test it for truth alone. Its own routes are
 * not mounted, but for the provider's callback: the pages' actions call `signIn` and `signOut`.
 */
export const { auth, signIn, signOut, handlers } = NextAuth(() => ({
  secret: env().AUTH_SECRET,
  trustHost: true,
  useSecureCookies: isHttps(),
  cookies: { sessionToken: { name: `${isHttps() ? "__Host-" : ""}authjs.session-token` } },
  basePath: "/api/auth",
  session: { strategy: "jwt", maxAge: MOST_SESSION_HOURS * 3_600 },
  pages: { signIn: "/login", error: "/login" },
  logger: {
    error: (error) => {
      if (error instanceof CredentialsSignin) return;
      const broken = error instanceof AuthError ? error.cause?.err : error;
      const attempt = attempts.getStore();
      if (attempt) attempt.failure = broken ?? error;
      // Without a cause it is the caller's fault: a missing CSRF token, an unknown action.
      if (isUnreadableCookie(broken)) log().debug({ name: error.name }, "a session cookie that can't be read");
      else if (broken && attempt?.ofProvider)
        log().warn({ err: broken, said: saidBy(broken) }, "single sign-on failed");
      else if (broken) log().error({ name: error.name, err: broken }, "next-auth");
      else log().info({ name: error.name }, "next-auth refused");
    },
    warn: () => {},
    debug: () => {},
  },
  providers: [
    Credentials({
      credentials: { username: {}, password: {} },
      authorize: ({ username, password }, request) =>
        opening(async (browser) => {
          const parsed = signInSchema.safeParse({ username, password });
          if (!parsed.success) throw new AppError("not_signed_in", "wrong_sign_in");
          return openSession({ ctx: contextFrom(request.headers), input: parsed.data, browser });
        }),
    }),
    Credentials({
      id: "second-factor",
      credentials: { token: {}, proof: {} },
      authorize: ({ token, proof }, request) =>
        opening(async (browser) => {
          const input = { token: String(token), proof: secondFactorProofSchema.parse(JSON.parse(String(proof))) };
          return completeSignIn({ ctx: contextFrom(request.headers), input, browser });
        }),
    }),
    Credentials({
      id: "passkey",
      credentials: { answer: {} },
      authorize: (given, request) =>
        opening(async (browser) => {
          const { answer } = passkeySignInSchema.parse({ answer: JSON.parse(String(given.answer)) });
          return signInByPasskey({ ctx: contextFrom(request.headers), input: { answer }, browser });
        }),
    }),
    ...singleSignOn(),
  ],
  callbacks: {
    // No session without a verb that opened one: what next-auth makes of a refusal is never looked at.
    signIn: async ({ account, profile }) => {
      if (account?.provider !== PROVIDER_ID) return true;
      const attempt = attempts.getStore();
      if (!attempt?.answer) return false;
      try {
        attempt.opened = await attempt.answer({ ...profile, ...claimsOf(account.id_token) });
      } catch (error) {
        attempt.failure = error;
      }
      return attempt.opened ? true : "/login";
    },
    jwt: ({ token, user, account }) => {
      if (account?.provider === PROVIDER_ID) return { sid: attempts.getStore()?.opened?.sessionId };
      return user?.id ? { sid: user.id } : { sid: token.sid, exp: token.exp };
    },
    session: ({ session }) => ({ expires: session.expires }),
    // Without a path of ours next-auth takes the header "Referer", which may be anything.
    redirect: ({ url, baseUrl }) =>
      URL.parse(url, baseUrl)?.origin === baseUrl ? new URL(url, baseUrl).href : baseUrl,
  },
  events: {
    signOut: async (message) => {
      const sessionId = "token" in message ? message.token?.sid : null;
      if (typeof sessionId !== "string") return;
      await closeSession({ ctx: contextFrom(await headers()), input: { sessionId } });
    },
  },
}));
