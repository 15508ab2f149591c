import type { IncomingMessage, ServerResponse } from "node:http";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What lib is told of a request for a page: its cookies, and the policy whose nonce lets a page's script run. */
export type AskedPage = { cookie: string | undefined; policy: string | undefined };
/** What is answered instead of the page; null if it can be rendered. */
export type PageInstead = (asked: AskedPage) => Promise<Response | null>;

/** Where a page is told its own address. Nobody but us may say it. */
const PATH_HEADER = "x-cardesk-path";
/** Build files, files of public/ (anything with an extension) and /api have their own checks or need none. */
const PAGE = /^\/(?!api\/|_next\/|.*\.[a-z0-9]+$)/;
const SESSION_COOKIE = /(?:^|;\s*)(?:__Host-)?authjs\.session-token(?:\.\d+)?=/;
const PUBLIC_PAGES = ["/login", "/setup"];

/**
 * In front of the pages, and much cheaper there than as Next's own `proxy.ts`. A shortcut, not access control: a request
 * without a session cookie is sent to the sign-in page. Every page, action and route checks the session and the role
 * itself. Actions (POST) pass, so that they answer "not signed in" to the screen that called them. What can't be rendered
 * is answered by `instead`; until lib has given that, Next waits for lib as well.
 */
export function beforePage(instead: () => PageInstead | undefined, next: Handler): Handler {
  return async (request, response) => {
    const { headers, method, url = "/" } = request;
    delete headers[PATH_HEADER];
    const address = URL.parse(url.startsWith("/") ? `http://cardesk.invalid${url}` : url);
    if (!address || !PAGE.test(address.pathname)) return next(request, response);
    // The mark of Next's client router on what it reads is no part of a page's address.
    if (address.searchParams.has("_rsc")) address.searchParams.delete("_rsc");
    const { pathname, search } = address;
    const here = `${pathname}${search}`;
    // PostgreSQL refuses a NUL in text, and none of our texts has one.
    if (here.includes("%00")) return end(response, 400);
    if (method === "GET" || method === "HEAD") {
      const { cookie, "content-security-policy": policy } = headers;
      if (!SESSION_COOKIE.test(cookie ?? "") && !PUBLIC_PAGES.includes(pathname))
        return end(response, 307, { location: loginFor(here) });
      const answer = await instead()?.({ cookie, policy: policy?.toString() });
      // Who has left meanwhile needs no page.
      if (response.closed) return;
      if (answer) return end(response, answer.status, Object.fromEntries(answer.headers), await answer.text());
    }
    headers[PATH_HEADER] = here;
    sendTogether(response);
    return next(request, response);
  };
}

/**
 * Next sends the head by itself, then the page, then its end: what comes in one turn leaves by one write, and not by three.
 * The socket is held, not the response: Node would send the end of a held response before what is held.
 */
function sendTogether(response: ServerResponse): void {
  response.flushHeaders = () => {
    const { socket } = response;
    socket?.cork();
    setImmediate(() => {
      if (!response.writableEnded) socket?.uncork();
    });
  };
}

/** The client router follows the same redirect, as the browser does. */
const loginFor = (here: string): string =>
  here === "/" ? "/login" : `/login?${new URLSearchParams({ callbackUrl: here })}`;

function end(response: ServerResponse, status: number, headers: Record<string, string> = {}, body = ""): void {
  response.writeHead(status, { "cache-control": "no-store", ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
