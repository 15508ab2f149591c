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
 * the names `loopback` and `private`; `1` is both. Throws a RangeError that names the bad entry.
 */
export function parseTrustedProxies(text: string): AddressList {
  const entries = text.split(",").map((entry) => entry.trim());
  const named = entries.flatMap((entry) => (entry === "1" || entry === "true" ? ON : [entry]));
  try {
    return addressList(named.filter((entry) => !OFF.includes(entry)).flatMap((entry) => NAMED[entry] ?? [entry]));
  } catch (error) {
    throw error instanceof RangeError ? new RangeError(`TRUST_PROXY: ${error.message}`) : error;
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
