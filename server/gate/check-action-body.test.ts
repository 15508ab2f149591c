import { expect, test } from "vitest";
import { actionBodyFault } from "./check-action-body";

const TEXT = "text/plain;charset=UTF-8";
const fault = (body: string | Buffer, type = TEXT) => actionBodyFault(type, Buffer.from(body));
const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

test.each([
  "[]",
  "[null]",
  '[{"cardIds":["a","b"],"amount":3,"note":"$$ off"}]',
  '[{"note":"$undefined"}]',
  '[{"text":"x"},"030de53d-0c8c-48f5-b9fa-0feea1f6cd2b"]',
  JSON.stringify([nested(5)]),
])("%s may be an action's argument", (body) => {
  expect(fault(body)).toBeNull();
});

test.each([
  ["", "JSON"],
  ["{}", "array"],
  ["[1,2]", "array"],
  ['[1,"2","3"]', "array"],
  ['[{},"$F1"]', "no action takes"],
  ["[", "JSON"],
  ['["$n99999999999999999999"]', "no action takes"],
  ['["$F1"]', "no action takes"],
  ['[{"a":"$K1"}]', "no action takes"],
  ['[{"a":["$1:b:c"]}]', "no action takes"],
  ['[{"__proto__":{"role":"admin"}}]', "no action takes"],
  [JSON.stringify([nested(50)]), "no action takes"],
  [Buffer.from([0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d]), "JSON"],
])("%s can't be one", (body, why) => {
  expect(fault(body)).toContain(why);
});

test("forms and what says nothing of its type are no action", () => {
  expect(actionBodyFault(undefined, Buffer.from("[{}]"))).toContain("text/plain");
  expect(fault("[{}]", "multipart/form-data; boundary=x")).toContain("text/plain");
  expect(fault("[{}]", "text/plainly")).toContain("text/plain");
});
