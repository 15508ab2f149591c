import { expect, test } from "vitest";
import { clientAddress, parseTrustedProxies } from "./trusted-proxies";

test.each([
  ["", "127.0.0.1", false],
  ["0", "127.0.0.1", false],
  ["1", "127.0.0.1", true],
  ["1", "::ffff:10.1.2.3", true],
  ["1", "203.0.113.1", false],
  ["203.0.113.1, 2001:db8::/32", "203.0.113.1", true],
  ["203.0.113.1, 2001:db8::/32", "2001:db8:1::2", true],
  ["203.0.113.1, 2001:db8::/32", "203.0.113.2", false],
  ["loopback", "::1", true],
])("TRUST_PROXY=%s and the peer %s: %s", (text, peer, trusted) => {
  expect(parseTrustedProxies(text).has(peer)).toBe(trusted);
});

test.each([
  "yes",
  "10.0.0.0/33",
  "10.0.0.0/x",
  "10.0.0/8",
  "2001:db8::/200",
  "10.0.0.1/",
  "2001:db8::1/",
  "10.0.0.0/8/9",
])("%s is refused by name", (text) => {
  expect(() => parseTrustedProxies(text)).toThrow(/^TRUST_PROXY: entry 1 is no address and no CIDR range$/);
});

test.each([
  ["10.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"],
  ["10.0.0.1", "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"],
  ["10.0.0.1", undefined, "10.0.0.1"],
  ["10.0.0.1", "nonsense", "10.0.0.1"],
  ["10.0.0.1", "10.0.0.2", "10.0.0.2"],
  ["203.0.113.4", "6.6.6.6", "203.0.113.4"],
])("from %s with x-forwarded-for %s the client is %s", (peer, forwarded, client) => {
  expect(clientAddress(peer, forwarded, parseTrustedProxies("10.0.0.0/8"))).toBe(client);
});
