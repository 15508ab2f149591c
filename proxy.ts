import { type NextRequest, NextResponse } from "next/server";
import { pingDatabase } from "@/lib/db/ping-database";
import { databaseAwayPage } from "@/lib/web/database-away-page";
import { preferencesFrom } from "@/lib/web/preferences/read-preferences";

const SESSION_COOKIE = /^(__Host-)?authjs\.session-token(\.\d+)?$/;
const PUBLIC_PAGES = ["/login", "/setup"];
/** Longer than a busy pool takes to hand out a client, and short enough for someone who waits for a page. */
const DATABASE_LIMIT_MS = 4_000;

/**
 * A shortcut, not access control: redirects a request without a session cookie to the sign-in page. Every page, action
 * and route checks the session and the role itself. Actions (POST) pass, so that they answer "not signed in" to the
 * screen that called them. While the database is away no page can be rendered: one that needs none says so, with 503.
 */
export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname, search } = request.nextUrl;
  // PostgreSQL refuses a NUL in text, and none of our texts has one.
  if (`${pathname}${search}`.includes("%00")) return new NextResponse(null, { status: 400 });
  const hasSessionCookie = request.cookies.getAll().some(({ name }) => SESSION_COOKIE.test(name));
  const reads = request.method === "GET" || request.method === "HEAD";
  if (reads && !hasSessionCookie && !PUBLIC_PAGES.includes(pathname)) {
    const login = request.nextUrl.clone();
    login.pathname = "/login";
    login.search = pathname === "/" ? "" : `?${new URLSearchParams({ callbackUrl: `${pathname}${search}` })}`;
    return NextResponse.redirect(login);
  }
  if (reads && !(await pingDatabase(DATABASE_LIMIT_MS))) {
    const policy = request.headers.get("content-security-policy");
    return databaseAwayPage({ ...preferencesFrom(request.cookies), policy });
  }
  const headers = new Headers(request.headers);
  headers.set("x-cardesk-path", `${pathname}${search}`);
  return NextResponse.next({ request: { headers } });
}

export const config = {
  // Build files, files of public/ (anything with an extension) and /api have their own checks or need none.
  matcher: ["/((?!api/|_next/|.*\\.[a-z0-9]+$).*)"],
};
