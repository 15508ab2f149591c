import "server-only";
import { headers } from "next/headers";
import NextAuth, { AuthError, CredentialsSignin } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { toDatabaseFault } from "@/lib/db/errors";
import {
  signOut as closeSession,
  completeSignIn,
  signIn as openSession,
  SESSION_DAYS,
  signInByPasskey,
} from "@/lib/users";
import { passkeySignInSchema, secondFactorProofSchema, signInSchema } from "@/lib/users/schemas";
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

/** The id of the session that `open` opens; its refusals go through next-auth. */
async function opening(open: () => Promise<string>): Promise<{ id: string }> {
  try {
    return { id: await open() };
  } catch (error) {
    const refusal = toDatabaseFault(error) ?? error;
    throw refusal instanceof AppError && refusal.code !== "internal" ? new Refused(refusal) : error;
  }
}

const isHttps = (): boolean => env().APP_URL?.startsWith("https:") ?? false;

/**
 * next-auth carries the cookie and nothing else: the token holds a session id (`sid`), and the user is read from the
 * database each time. `auth()` returns `{ user: { sid } }`; never test it for truth alone. Its own routes are
 * not mounted: the pages' actions call `signIn` and `signOut`.
 */
export const { auth, signIn, signOut } = NextAuth(() => ({
  secret: env().AUTH_SECRET,
  trustHost: true,
  useSecureCookies: isHttps(),
  cookies: { sessionToken: { name: `${isHttps() ? "__Host-" : ""}authjs.session-token` } },
  basePath: "/api/auth",
  session: { strategy: "jwt", maxAge: SESSION_DAYS * 86_400 },
  pages: { signIn: "/login", error: "/login" },
  logger: {
    error: (error) => {
      if (error instanceof CredentialsSignin) return;
      const broken = error instanceof AuthError ? error.cause?.err : error;
      // Without a cause it is the caller's fault: a missing CSRF token, an unknown action.
      if (isUnreadableCookie(broken)) log().debug({ name: error.name }, "a session cookie that can't be read");
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
        opening(async () => {
          const parsed = signInSchema.safeParse({ username, password });
          if (!parsed.success) throw new AppError("not_signed_in", "wrong_sign_in");
          return openSession({ ctx: contextFrom(request.headers), input: parsed.data });
        }),
    }),
    Credentials({
      id: "second-factor",
      credentials: { token: {}, proof: {} },
      authorize: ({ token, proof }, request) =>
        opening(async () => {
          const input = { token: String(token), proof: secondFactorProofSchema.parse(JSON.parse(String(proof))) };
          return completeSignIn({ ctx: contextFrom(request.headers), input });
        }),
    }),
    Credentials({
      id: "passkey",
      credentials: { answer: {} },
      authorize: (given, request) =>
        opening(async () => {
          const { answer } = passkeySignInSchema.parse({ answer: JSON.parse(String(given.answer)) });
          return signInByPasskey({ ctx: contextFrom(request.headers), input: { answer } });
        }),
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user?.id ? { sid: user.id } : { sid: token.sid }),
    session: ({ session }) => ({ expires: session.expires }),
  },
  events: {
    signOut: async (message) => {
      const sessionId = "token" in message ? message.token?.sid : null;
      if (typeof sessionId !== "string") return;
      await closeSession({ ctx: contextFrom(await headers()), input: { sessionId } });
    },
  },
}));
