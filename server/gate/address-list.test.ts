import { expect, test } from "vitest";
import { parseTrustedProxies } from "./trusted-proxies";

test.each(["10.0.0.1/", "2001:db8::1/", "10.0.0.0/8/9"])(
  "a proxy with nothing behind its slash (%s) is a typing error, not the whole internet",
  (text) => {
    expect(() => parseTrustedProxies(text)).toThrow(/^TRUST_PROXY: entry 1/);
  },
);
