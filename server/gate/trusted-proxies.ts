import { BlockList, isIP } from "node:net";

/** Decides whether a peer is a reverse proxy whose forwarded headers count. */
export type TrustedProxies = { has(address: string): boolean };

const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};
/** "1" was the only value once: a proxy on this machine or in the same private network. */
const ON = ["loopback", "private"];

/**
 * Parse TRUST_PROXY: addresses and CIDR ranges separated by commas, or the names `loopback` and `private`; `1` is both.
 * Throws a RangeError that names the bad entry.
 */
export function parseTrustedProxies(text: string): TrustedProxies {
  const list = new BlockList();
  const entries = text.split(",").map((entry) => entry.trim());
  for (const entry of entries.flatMap((each) => (each === "1" || each === "true" ? ON : [each])))
    for (const range of NAMED[entry] ?? [entry]) if (range && range !== "0" && range !== "false") addRange(list, range);
  return {
    has: (address) => {
      const plain = withoutMapping(address);
      const family = isIP(plain);
      return family !== 0 && list.check(plain, family === 4 ? "ipv4" : "ipv6");
    },
  };
}

function addRange(list: BlockList, range: string): void {
  const [address = "", bits] = range.split("/");
  const family = isIP(address);
  const widest = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? widest : Number(bits);
  if (!family || !/^\d*$/.test(bits ?? "") || !Number.isInteger(prefix) || prefix < 0 || prefix > widest)
    throw new RangeError(`TRUST_PROXY: "${range}" is no address and no CIDR range`);
  list.addSubnet(address, prefix, family === 4 ? "ipv4" : "ipv6");
}

/** An IPv4 peer of a dual-stack socket: ::ffff:127.0.0.1 is 127.0.0.1. */
const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");

/**
 * The client's address: the socket's other end, or, behind trusted proxies, the last entry of x-forwarded-for that no
 * trusted proxy has. What a client writes into that header itself stands before it and never counts.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, proxies: TrustedProxies): string {
  let client = withoutMapping(peer);
  const hops = (forwardedFor ?? "").split(",").map((hop) => withoutMapping(hop.trim()));
  while (proxies.has(client)) {
    const before = hops.pop();
    if (!before || !isIP(before)) break;
    client = before;
  }
  return client;
}
