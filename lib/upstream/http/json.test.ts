import { expect, test } from "vitest";
import { parseLossless, parsePlain } from "./json";

test("numbers keep every digit", () => {
  const text = `{"id":783556860021596161,"cost":0.10,"big":1e400,"n":5,"ms":1675926123437,"neg":-3,"half":1.5}`;
  expect(parseLossless(text)).toEqual({
    ok: true,
    value: { id: "783556860021596161", cost: "0.10", big: "1e400", n: 5, ms: 1675926123437, neg: -3, half: 1.5 },
  });
});

test.each([`{"a":[1,2`, `{"a":"un`, `[{"a":1},`, `{"a":1`, `{"a":[{"b":1}`, `{"success":tr`, "[", `{"a":`])(
  "%s was cut off",
  (text) => {
    expect(parsePlain(text)).toEqual({ ok: false, fault: "cut" });
  },
);

test.each(["", "<html></html>", "服务正在维护", `{"a":1}}`, "{a:1}", "nonsense"])("%j is not JSON", (text) => {
  expect(parseLossless(text)).toEqual({ ok: false, fault: "not_json" });
});
