import { BlockList, isIP } from "node:net";

export type AddressList = { has(address: string): boolean };

export const LOOPBACK: readonly string[] = ["127.0.0.0/8", "::1/128"];

/** Addresses and CIDR ranges. An IPv4 address that came over IPv6 is itself. Throws a RangeError that quotes a bad range. */
export function addressList(ranges: readonly string[]): AddressList {
  const list = new BlockList();
  for (const range of ranges) addRange(list, range);
  return {
    has: (address) => {
      const plain = withoutMapping(address);
      const family = isIP(plain);
      return family !== 0 && list.check(plain, family === 4 ? "ipv4" : "ipv6");
    },
  };
}

function addRange(list: BlockList, range: string): void {
  const [address = "", bits, ...rest] = range.split("/");
  const family = isIP(address);
  const widest = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? widest : Number(bits);
  // "10.0.0.1/" would be everybody: nothing is 0 to Number.
  if (!family || rest.length > 0 || !/^\d+$/.test(bits ?? "0") || prefix > widest)
    throw new RangeError(`"${range}" is no address and no CIDR range`);
  list.addSubnet(address, prefix, family === 4 ? "ipv4" : "ipv6");
}

/** The peer of a dual-stack socket: ::ffff:127.0.0.1 is 127.0.0.1. */
export const withoutMapping = (address: string): string => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
