import "server-only";
import NextAuth, { CredentialsSignin } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { contextFrom } from "@/lib/auth/request-context";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { signInSchema } from "@/lib/users/schemas";
import { signIn as openSession } from "@/lib/users/sign-in";

/** Carries an AppError's key through next-auth, which shows only `code`. */
class Refused extends CredentialsSignin {
  constructor(error: AppError) {
    super();
    this.code = error.params?.seconds ? `${error.key}:${error.params.seconds}` : error.key;
  }
}

/**
 * next-auth carries the cookie and nothing else: the token holds one session id (`sid`), and whoever reads it asks
 * the database who that is. Never test what `auth()` returns for truth alone.
 */
export const { handlers, auth, signIn, signOut } = NextAuth(() => ({
  secret: env().AUTH_SECRET,
  trustHost: true,
  basePath: "/api/auth",
  session: { strategy: "jwt", maxAge: 7 * 86_400 },
  pages: { signIn: "/login", error: "/login" },
  logger: {
    error: (error) => (error instanceof CredentialsSignin ? undefined : log().error({ name: error.name }, "next-auth")),
    warn: () => {},
    debug: () => {},
  },
  providers: [
    Credentials({
      credentials: { username: {}, password: {} },
      async authorize(credentials, request) {
        const parsed = signInSchema.safeParse({ username: credentials.username, password: credentials.password });
        if (!parsed.success) throw new Refused(new AppError("bad_input", "wrong_sign_in"));
        try {
          return { id: await openSession({ ctx: contextFrom(request.headers), input: parsed.data }) };
        } catch (error) {
          if (error instanceof AppError) throw new Refused(error);
          throw error;
        }
      },
    }),
  ],
  callbacks: {
    jwt: ({ token, user }) => (user?.id ? { sid: user.id } : { sid: token.sid }),
    session: ({ session, token }) => ({ expires: session.expires, sid: token.sid }) as unknown as typeof session,
  },
}));
