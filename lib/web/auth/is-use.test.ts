import { expect, test } from "vitest";
import { isUse } from "./is-use";

test.each([
  ["an action", { "next-action": "40ab" }, true],
  ["a page that is opened", { "sec-fetch-mode": "navigate" }, true],
  ["a read while somebody uses the page", { "x-cardesk-used": "1", "sec-fetch-mode": "cors" }, true],
  ["a read of the page's own", { "sec-fetch-mode": "cors" }, false],
  ["a page read ahead or again", { "sec-fetch-mode": "cors", "x-cardesk-path": "/cards" }, false],
])("%s: %j", (_name, headers: Record<string, string>, expected) => {
  expect(isUse(new Headers(headers))).toBe(expected);
});
