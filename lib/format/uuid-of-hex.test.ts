import { expect, test } from "vitest";
import { uuidOfHex, uuidsFrom } from "./uuid-of-hex";

test("hex digits are written as a uuid, and the first of them as all that begin so", () => {
  expect(uuidOfHex("0f8fad5bd9cb469fa16570867728950e")).toBe("0f8fad5b-d9cb-469f-a165-70867728950e");
  expect(uuidsFrom("0f8fad5bd")).toEqual({
    first: "0f8fad5b-d000-0000-0000-000000000000",
    last: "0f8fad5b-dfff-ffff-ffff-ffffffffffff",
  });
});
