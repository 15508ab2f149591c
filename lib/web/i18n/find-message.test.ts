import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { findMessage } from "./find-message";

const messages = { kinds: { type: "Wrong type", many: "{count, plural, one {# row} other {# rows}}" } };
const t = createTranslator({ locale: "en", messages });

test("a key that exists gives its message, with values", () => {
  expect(findMessage(t, "kinds.type")).toBe("Wrong type");
  expect(findMessage(t, "kinds.many", { count: 2 })).toBe("2 rows");
});

test.each(["kinds.other", "", "kinds.type.more"])("%j is no message", (key) => {
  expect(findMessage(t, key)).toBeNull();
});
