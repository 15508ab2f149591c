import "server-only";
import { isIP } from "node:net";

/** A host, and where one was named the port: without it any port. */
export type AllowedHost = { host: string; port: number | null };

/** `mail.example`, `mail.example:587`, `10.0.0.5`, `fd00::5`, `[fd00::5]:587`. Null for anything else. */
export function readAllowedHost(given: string): AllowedHost | null {
  const text = given.trim().toLowerCase();
  if (isIP(text) === 6) return { host: oneSpelling(text), port: null };
  const [, ipv6, name, digits] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = ipv6 ?? name;
  const port = digits === undefined ? null : Number(digits);
  if (host === undefined || (ipv6 !== undefined && isIP(ipv6) !== 6)) return null;
  return port === 0 || (port ?? 1) > 65_535 ? null : { host: oneSpelling(host), port };
}

/** An IPv6 address has many spellings; a URL has this one. */
export const oneSpelling = (host: string): string =>
  isIP(host) === 6 ? new URL(`http://[${host}]`).hostname.slice(1, -1) : host;
