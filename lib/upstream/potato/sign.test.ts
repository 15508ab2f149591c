import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { isSignedBy, makeNonce, signV1, signV3 } from "./sign";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");
const SECRET = "s3cret";
const TIME = "1675926123437";
const NONCE = "abcdefghijklmnopqrstuvwxyz012345";

test("V1 is the md5 of secret and time", () => {
  expect(signV1(SECRET, TIME)).toBe(md5("s3cret1675926123437"));
  expect(signV1("", "")).toBe("d41d8cd98f00b204e9800998ecf8427e");
});

test("V3 sorts, drops the empty, keeps zero, and ends with secret, time and nonce", () => {
  const params = { type: 0, total: 10, cardStr: "", state: null, systemStr: undefined, Z: "中文", ok: true };
  expect(signV3(params, SECRET, TIME, NONCE)).toBe(md5(`&Z=中文&ok=true&total=10&type=0&${SECRET}&${TIME}&${NONCE}`));
  expect(signV3({}, SECRET, TIME, NONCE)).toBe(md5(`&${SECRET}&${TIME}&${NONCE}`));
});

test.each([
  [{ time: TIME, sign: signV1(SECRET, TIME) }, true],
  [{ time: Number(TIME), sign: signV1(SECRET, TIME).toUpperCase() }, true],
  [{ time: TIME, sign: signV1("other", TIME) }, false],
  [{ time: "1675926123438", sign: signV1(SECRET, TIME) }, false],
  [{ time: TIME, sign: "" }, false],
  [{ time: null, sign: null }, false],
  [{}, false],
])("%j is signed: %s", (answer, signed) => {
  expect(isSignedBy(SECRET, answer)).toBe(signed);
});

test("a nonce is 32 letters and digits, and another each time", () => {
  const nonces = Array.from({ length: 100 }, makeNonce);
  expect(new Set(nonces).size).toBe(100);
  for (const nonce of nonces) expect(nonce).toMatch(/^[A-Za-z0-9]{32}$/);
});
