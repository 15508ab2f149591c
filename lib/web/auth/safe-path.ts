import "server-only";

const BASE = "http://cardesk.invalid";
/** After sign-in these would show a form again, or JSON. */
const NOT_A_TARGET = /^\/(login|setup|second-factor|api)(\/|$)/;

/**
 * A path on this site to go to after sign-in. Anything else (another host, a scheme, control characters) becomes "/".
 */
export function safePath(value: unknown): string {
  if (typeof value !== "string" || value.length > 2048 || !/^\/(?![/\\])[^\p{Cc}\\]*$/u.test(value)) return "/";
  const url = URL.parse(value, BASE);
  if (url?.origin !== BASE || NOT_A_TARGET.test(url.pathname) || url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
