import { isIP } from "node:net";
import { type AddressList, addressList, LOOPBACK, withoutMapping } from "./address-list.ts";

const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: LOOPBACK,
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};
/** "1" was the only value once: a proxy on this machine or in the same private network. */
const ON = ["loopback", "private"];
const OFF: readonly string[] = ["", "0", "false"];

/**
 * The reverse proxies whose forwarded headers count. TRUST_PROXY has addresses and CIDR ranges separated by commas, or
 * the names `loopback` and `private`; `1` is both. Throws a RangeError that counts to the bad entry and does not quote it.
 */
export function parseTrustedProxies(text: string): AddressList {
  const entries = text.split(",").map((entry) => entry.trim());
  const ranges = entries.map(rangesOf);
  const bad = ranges.findIndex((each) => !areRanges(each));
  if (bad !== -1) throw new RangeError(`TRUST_PROXY: entry ${bad + 1} is no address and no CIDR range`);
  return addressList(ranges.flat());
}

function rangesOf(entry: string): readonly string[] {
  if (OFF.includes(entry)) return [];
  const names = entry === "1" || entry === "true" ? ON : [entry];
  return names.flatMap((name) => NAMED[name] ?? [name]);
}

function areRanges(texts: readonly string[]): boolean {
  try {
    addressList(texts);
    return true;
  } catch {
    return false;
  }
}

/**
 * The client's address: the socket's other end, or, behind trusted proxies, the last entry of x-forwarded-for that no
 * trusted proxy has. What a client writes into that header itself stands before it and never counts.
 */
export function clientAddress(peer: string, forwardedFor: string | undefined, proxies: AddressList): string {
  let client = withoutMapping(peer);
  const hops = (forwardedFor ?? "").split(",").map((hop) => withoutMapping(hop.trim()));
  while (proxies.has(client)) {
    const before = hops.pop();
    if (!before || !isIP(before)) break;
    client = before;
  }
  return client;
}
