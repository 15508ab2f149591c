import { expect, test } from "vitest";
import { auditParams } from "./search-params";

test.each([
  "13800001111",
  "138-0000-1111",
  "+86 138 0000 1111",
  "１３８００００１１１１",
  "138.0000.1111",
  "(+86)13800001111",
])("the phone %j is no target: it would stand in the address", (phone) =>
  expect(auditParams.target.parse(phone)).toBeNull(),
);

test.each(["support", "0f8fad5bd9cb469fa16570867728950e", "0f8fad5b-d9cb-469f-a165-70867728950e"])(
  "%j is a target",
  (target) => expect(auditParams.target.parse(target)).toBe(target),
);
