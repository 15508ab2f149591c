import { expect, test } from "vitest";
import { redact, traceBody } from "./redact";

const SECRET = "canary-7f3a9c51d2e84b60";
const KEY = "BF28FAE82497C318B95BB9D0D902F251";

test("a secret goes in every way it may be written", () => {
  const odd = `can"ary/7f3a 9c51+=`;
  const text = `${odd} ${JSON.stringify({ odd })} ?key=${encodeURIComponent(odd)}`;
  expect(redact(text, [odd])).toBe(`[secret] {"odd":"[secret]"} ?key=[secret]`);
});

test("card keys go, in any field and in any case under cardStr; ids stay", () => {
  expect(redact(`{"id":"783556860021596160","cardStr":"${KEY}"}`, [])).toBe(
    `{"id":"783556860021596160","cardStr":"[key]"}`,
  );
  expect(redact(`made ${KEY}${KEY}.`, [])).toBe("made [key].");
  expect(redact(`{"cardStr" : "short-or-lower-case"}`, [])).toBe(`{"cardStr":"[key]"}`);
  expect(redact("772868ead56c48d68fd1924aa5ec3aac", [])).toBe("772868ead56c48d68fd1924aa5ec3aac");
  expect(redact("00000000000000000000000000000000", [])).toBe("[key]");
});

test("nothing of a secret is left at the edge of what a trace keeps", () => {
  for (let before = 2048 - 40; before <= 2048; before++) {
    const body = traceBody(`${"-".repeat(before)}${SECRET}${KEY}tail`, [SECRET]);
    expect(body.length).toBeLessThanOrEqual(2048 + "[secret][key]".length);
    expect(body).not.toContain("canary");
    expect(body).not.toContain("BF28");
  }
});

test("nothing of a secret is left where an answer was cut off", () => {
  for (let length = 6; length <= SECRET.length; length++)
    expect(traceBody(`bad key ${SECRET.slice(0, length)}`, [SECRET])).toBe("bad key [secret]");
  expect(traceBody(`"cardStr":"${KEY.slice(0, 20)}`, [])).toBe(`"cardStr":"[key]"`);
});

test("a trace fits a database column", () => {
  expect(traceBody("a\0b\uD83Dc", [])).toBe("a\uFFFDb\uFFFDc");
});

test("without secrets an empty one hides nothing", () => {
  expect(redact("plain words", ["", ""])).toBe("plain words");
});

test("a phone that an answer repeats is masked; other numbers stay", () => {
  expect(redact('{"phone":13812341234,"msg":"8613912345678 不存在"}', [])).toBe(
    '{"phone":138****1234,"msg":"139****5678 不存在"}',
  );
  for (const text of ["1763000000000", "12812341234", "138123412345", "783556860021596160"])
    expect(redact(text, [])).toBe(text);
});
