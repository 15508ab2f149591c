import { expect, test } from "vitest";
import { setSecondFactorEnv } from "@/test/support/second-factor-fixtures";
import { arePasskeysPossible, relyingParty } from "./relying-party";

test.each([
  ["https://cardesk.example", "cardesk.example", true],
  ["https://cardesk.example:8443/", "cardesk.example", true],
  ["http://localhost:3000", "localhost", true],
  ["", "localhost", true],
  ["http://cardesk.example", "cardesk.example", false],
  ["https://203.0.113.7", "203.0.113.7", false],
  ["https://[2001:db8::1]", "[2001:db8::1]", false],
])("APP_URL=%s: passkeys of %s, possible: %s", (url, id, possible) => {
  setSecondFactorEnv({ APP_URL: url });
  expect(relyingParty().id).toBe(id);
  expect(arePasskeysPossible()).toBe(possible);
});
