import fc from "fast-check";

/** In every hostile text, so that request text is found wherever it turns up. */
export const MARK = "zqhostile";

/** Of nothing that exists. */
export const NO_UUID = "00000000-0000-4000-8000-000000000000";
export const NO_CARD = "0".repeat(32);

const DATES = [
  "0000-00-00",
  "0000-01-01",
  "0001-01-01",
  "2026-02-30",
  "2026-13-45",
  "2026-1-1",
  "9999-12-31",
  "10000-01-01",
  "99999-01-01",
  "-000001-01-01",
  "275760-09-13",
  "275760-09-14",
  "2026-01-01T00:00:00Z",
  "infinity",
  "now",
];
const NUMBERS = ["-1", "0", "00", "1e309", "-1e309", "NaN", "Infinity", "1.5", "0x10", "9".repeat(40), "2147483648"];
const TEXTS = [
  "",
  " ",
  "null",
  "undefined",
  "true",
  "[]",
  "[object Object]",
  "a,b,,c",
  "__proto__",
  "constructor",
  "toString",
  "../../../etc/passwd",
  "' or 1=1 --",
  "\\",
  "%",
  "_",
  "*",
  "(",
  "<script>alert(1)</script>",
  "{{7*7}}",
  "\r\nx-injected: 1",
  "\u0000",
  "a\u0000b",
  "\u202e",
  "\ufeff",
  "\uffff",
  "😀".repeat(20),
  "\ud800",
  "\udfff\ud800",
  "é".repeat(300),
  ",".repeat(500),
];

const marked = (text: string) => `${MARK}${text}`;

/** Text that no field expects. Never a phone, nor a code, nor the id of anything. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...DATES),
  fc.constantFrom(...NUMBERS),
  fc.constantFrom(...TEXTS),
  fc.constantFrom(...TEXTS).map(marked),
  fc.string({ unit: "binary", maxLength: 12 }).map(marked),
  fc.constantFrom(64, 65, 129, 300, 2_049, 5_000).map((length) => MARK.padEnd(length, "x")),
  fc.constantFrom(NO_UUID, NO_CARD, NO_UUID.toUpperCase()),
);

/** As React encodes what is not plain JSON: references, big integers, dates, maps, functions, promises, forms, cycles. */
export const reactEncodings = [
  "$",
  "$$",
  "$undefined",
  "$n123456789012345678901234567890",
  "$n",
  "$nx",
  `$n${"9".repeat(400)}`,
  "$D2026-13-45",
  "$Dx",
  "$Infinity",
  "$-0",
  "$NaN",
  "$0",
  "$0:0",
  "$1",
  "$1:__proto__:constructor",
  "$@0",
  "$@1",
  "$F1",
  "$T1",
  "$Q1",
  "$W1",
  "$K1",
  "$i1",
  "$B1",
  "$R1",
  "$r1",
  "$X1",
  "$x1",
  "$A1",
  "$Z",
  `$h${MARK}`,
];

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    hostileText,
    fc.constantFrom(null, true, false, 0, -0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 2, 2 ** 31, -(2 ** 63)),
    fc.constantFrom(...reactEncodings),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.constantFrom(200, 1_000).map((length) => new Array<number>(length).fill(0)),
    fc
      .tuple(fc.constantFrom("__proto__", "constructor", "toString", "then", "toJSON", "length", "$0"), tie("value"))
      .map(([key, each]) =>
        Object.fromEntries([
          ["hostile", 1],
          [key, each],
        ]),
      ),
    fc.constantFrom(9, 40, 500).map(nested),
  ),
}));

/** A JSON value that no field expects. An object always holds a field that no schema knows. */
export const hostileValue: fc.Arbitrary<unknown> = value;

function nested(depth: number): unknown {
  let inner: unknown = MARK;
  for (let level = 0; level < depth; level += 1) inner = level % 2 ? [inner] : { hostile: inner };
  return inner;
}
