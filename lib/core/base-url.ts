import "server-only";
import { BlockList, isIP } from "node:net";

const loopback = blockList(["127.0.0.0", 8], ["::1", 128]);
/** What no upstream on the internet has: private, link-local (where clouds keep their credentials), and the like. */
const privateRanges = blockList(
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
  ["::", 96],
  ["::ffff:0:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  // What tunnels carry IPv4 addresses in.
  ["2001::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 9],
  ["ff00::", 8],
);

/** Whether a URL's host (as `URL.hostname` gives it) is this machine. */
export const isLoopbackHost = (hostname: string): boolean =>
  /^(.+\.)?localhost\.?$/i.test(hostname) || isIn(loopback, hostname);

/** Whether a URL's host is an address that is not on the internet. A name is not looked up. */
export const isPrivateHost = (hostname: string): boolean => isIn(privateRanges, hostname);

/** Whether a URL carries a user or a password. */
export const hasUserInfo = (url: string): boolean => {
  const { username, password } = new URL(url);
  return username !== "" || password !== "";
};

/** Whether a URL has neither a query nor a fragment. */
export const hasNoQuery = (url: string): boolean => !/[?#]/.test(url);

/** Whether a URL has nothing after its host and port. */
export const isOrigin = (url: string): boolean => {
  const { pathname, search, hash } = new URL(url);
  return pathname === "/" && !search && !hash && !url.includes("?") && !url.includes("#");
};

/** A BlockList takes an IPv4 address in an IPv6 one for the former by itself. */
function isIn(list: BlockList, hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 4 ? "ipv4" : "ipv6");
}

function blockList(...ranges: [address: string, bits: number][]): BlockList {
  const list = new BlockList();
  for (const [address, bits] of ranges) list.addSubnet(address, bits, isIP(address) === 4 ? "ipv4" : "ipv6");
  return list;
}
