import "server-only";
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { oneSpelling } from "@/lib/core/allowed-hosts";
import { isLoopbackHost, isPrivateHost } from "@/lib/core/base-url";
import { env } from "@/lib/core/env";
import { ChannelFault } from "./channel-fault";

export type Address = { address: string; family: number };
/** Where to connect to: a host as typed or as a URL has it, and a port. */
export type Target = { host: string; port: number };
export type Resolve = (hostname: string) => Promise<Address[]>;

const resolveName: Resolve = (hostname) => lookup(hostname, { all: true });

/** Whether who set the variables named this host (and port) as one that may be private and speak without TLS. */
export const isAllowed = ({ host, port }: Target): boolean =>
  env().ALERT_PRIVATE_HOSTS.some(
    (allowed) => allowed.host === bare(host) && (allowed.port === null || allowed.port === port),
  );

export const targetOf = ({ hostname, port, protocol }: URL): Target => ({
  host: hostname,
  port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port),
});

/** Whether an address or a name is this machine's or a private network's, by itself: a name is not looked up. */
export const isPrivate = (hostname: string): boolean => isLoopbackHost(bare(hostname)) || isPrivateHost(bare(hostname));

/**
 * The addresses of a host, every one of them on the internet: connect to these, a second look-up may answer otherwise.
 * Throws {@link ChannelFault} "private_address" or "not_found".
 */
export async function resolvePublic(target: Target, resolve: Resolve = resolveName): Promise<Address[]> {
  const host = bare(target.host);
  const refused = (name: string) => !isAllowed(target) && isPrivate(name);
  if (refused(host)) throw new ChannelFault("private_address");
  const family = isIP(host);
  const addresses = family ? [{ address: host, family }] : await resolve(host).catch(notFound);
  if (addresses.length === 0) throw new ChannelFault("not_found");
  if (addresses.some(({ address }) => refused(address))) throw new ChannelFault("private_address");
  return addresses;
}

/** Without the brackets of an IPv6 address in a URL, and without a zone. */
const bare = (hostname: string): string =>
  oneSpelling(
    hostname
      .replace(/^\[|\]$/g, "")
      .replace(/%.*$/, "")
      .toLowerCase(),
  );

function notFound(cause: unknown): never {
  throw new ChannelFault("not_found", null, cause);
}
