import { type NextRequest, NextResponse } from "next/server";

const SESSION_COOKIE = /^(__Secure-)?authjs\.session-token(\.\d+)?$/;
const PUBLIC_PAGES = ["/login", "/setup"];

/**
 * A convenience, never the lock: spares a visitor without any session cookie the trip to a page that would send him
 * away. Every page, action and route checks the session and the role itself. Actions (POST) are left alone, so that
 * they answer "not signed in" to the screen that called them.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  // No text of ours holds a NUL, PostgreSQL refuses it, and nobody types one.
  if (`${pathname}${search}`.includes("%00")) return new NextResponse(null, { status: 400 });
  const signedInMaybe = request.cookies.getAll().some(({ name }) => SESSION_COOKIE.test(name));
  const reads = request.method === "GET" || request.method === "HEAD";
  if (reads && !signedInMaybe && !PUBLIC_PAGES.includes(pathname)) {
    const login = request.nextUrl.clone();
    login.pathname = "/login";
    login.search = pathname === "/" ? "" : `?${new URLSearchParams({ callbackUrl: `${pathname}${search}` })}`;
    return NextResponse.redirect(login);
  }
  const headers = new Headers(request.headers);
  headers.set("x-cardesk-path", `${pathname}${search}`);
  return NextResponse.next({ request: { headers } });
}

export const config = {
  // Files of the build and of public/ (anything with an extension) and /api have their own checks or need none.
  matcher: ["/((?!api/|_next/|.*\\.[a-z0-9]+$).*)"],
};
