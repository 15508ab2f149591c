import { expect, test } from "vitest";
import { fixture } from "@/test/support/test-server";
import { type ParseOptions, parsePotatoResponse } from "./parse-response";
import { signV1 } from "./sign";

const SECRET = "s3cret";
const WRITE: ParseOptions = { signSecret: null, emptyAllowed: false };
const SIGNED: ParseOptions = { signSecret: SECRET, emptyAllowed: false };

const envelope = (changes: Record<string, unknown> = {}) =>
  JSON.stringify({ code: "200", message: "", status: true, data: [], pc: null, time: null, sign: null, ...changes });
const failure = (code: unknown, message: string) => envelope({ code, message, status: false, data: undefined });
const parse = (text: string, options = WRITE, status = 200) => parsePotatoResponse({ status, text }, options);

test("the documented answer is done with its ten rows, ids letter for letter", () => {
  const result = parse(fixture(import.meta.url, "create-answer.json"));
  expect(result.kind).toBe("done");
  const rows = result.kind === "done" ? (result.data as { id: unknown }[]) : [];
  expect(rows.map((row) => row.id)).toEqual([
    "783556860021596160",
    "783556860025790464",
    "783556860025790465",
    "783556860029984768",
    "783556860029984769",
    "783556860029984770",
    "783556860034179072",
    "783556860034179073",
    "783556860038373376",
    "783556860038373377",
  ]);
});

test("an id sent as a number keeps its digits, a code as a number is the same code", () => {
  const text = envelope({ code: 200 }).replace("[]", `[{"id":783556860025790465}]`);
  expect(parse(text)).toEqual({ kind: "done", data: [{ id: "783556860025790465" }] });
});

test.each([
  [failure("403", "登录已过期，请重新登录"), "no_permission"],
  [failure(403, ""), "no_permission"],
  [failure("401", ""), "key_refused"],
  [failure("403", "askKey无效"), "key_refused"],
  [failure("500", "单次最多10条"), "too_many_keys"],
  [failure("500", "单次最多生成10条"), "too_many_keys"],
  [failure("500", "验签失败：nonce重复"), "signature_refused"],
  [failure("500", "验签失败：缺少time或sign"), "signature_refused"],
  [failure("500", "验签失败：time已过期"), "clock_skew"],
  [failure("500", "时间戳不正确"), "clock_skew"],
  [failure("500", "缺失参数:type"), "missing_parameter"],
  [failure("500", "参数错误:total"), "missing_parameter"],
  [failure("500", "未开启API生成卡密"), "no_permission"],
])("%s is refused: %s", (text, reason) => {
  expect(parse(text)).toMatchObject({ kind: "refused", reason });
});

test.each([
  ["403", "登录已过期，请重新登录", "no_permission"],
  ["500", "单次最多10条", "too_many_keys"],
  ["500", "验签失败", "signature_refused"],
])("with signing on, the failure %s %s is refused only when well signed", (code, message, reason) => {
  const time = 1675926123437;
  const failureWith = (sign: unknown) => envelope({ code, message, status: false, data: undefined, time, sign });
  expect(parse(failureWith(signV1(SECRET, String(time))), SIGNED)).toMatchObject({ kind: "refused", reason });
  for (const sign of [null, undefined, "", "0".repeat(32), signV1("another secret", String(time))])
    expect(parse(failureWith(sign), SIGNED)).toMatchObject({ kind: "failed", fault: "bad_signature" });
});

test("the message of an unsigned failure, which only the log gets, keeps what it claims", () => {
  expect(parse(failure("500", "验签失败"), SIGNED)).toEqual({
    kind: "failed",
    fault: "bad_signature",
    message: "the answer is not signed; it says 500 验签失败",
  });
});

test.each([
  ["an error that may be thrown half-way", failure("500", "请求异常"), "unlisted_failure"],
  ["a code every object knows", failure("toString", "失败"), "unlisted_failure"],
  ["a thrown error's message", failure("500", "系统错误：Read timed out"), "unlisted_failure"],
  ["no data, from a write", failure("203", "暂无数据"), "unlisted_failure"],
  ["status false beside 200", envelope({ status: false }), "wrong_shape"],
  ["status as text", envelope({ status: "true" }), "wrong_shape"],
  ["no rows", envelope({ data: null }), "wrong_shape"],
  ["rows in an object", envelope({ data: { list: [] } }), "wrong_shape"],
  ["no code", `{"status":true,"data":[]}`, "wrong_shape"],
  ["another service", `{"result":"ok"}`, "wrong_shape"],
  ["a page", "<html></html>", "not_json"],
  ["nothing", "", "not_json"],
  ["half an answer", envelope().slice(0, 30), "cut"],
])("%s decides nothing", (_what, text, name) => {
  expect(parse(text)).toMatchObject({ kind: "failed", fault: name });
});

test("a success under a 4xx decides nothing", () => {
  expect(parse(envelope(), WRITE, 404)).toMatchObject({ kind: "failed", fault: "http_status" });
});

test("no data is an empty list where a list was asked for", () => {
  expect(parse(failure("203", "暂无数据"), { ...WRITE, emptyAllowed: true })).toEqual({ kind: "done", data: [] });
});

test("with signing on, only a well signed success is believed", () => {
  const time = 1675926123437;
  expect(parse(envelope({ time, sign: signV1(SECRET, String(time)) }), SIGNED)).toEqual({ kind: "done", data: [] });
  const wrong = { kind: "failed", fault: "bad_signature" };
  expect(parse(envelope(), SIGNED)).toMatchObject(wrong);
  expect(parse(envelope({ time, sign: "0".repeat(32) }), SIGNED)).toMatchObject(wrong);
  expect(parse(envelope({ code: "403", time, sign: "0".repeat(32) }), SIGNED)).toMatchObject(wrong);
  expect(parse(envelope({ code: "203", data: null }), { ...SIGNED, emptyAllowed: true })).toMatchObject(wrong);
});

test("an unsigned failure decides nothing, but a wrong clock is named", () => {
  const claim = (message: string) => parse(failure("500", message), SIGNED);
  expect(claim("验签失败：time已过期")).toMatchObject({ kind: "failed", fault: "clock_skew" });
  expect(claim("验签失败")).toMatchObject({ kind: "failed", fault: "bad_signature" });
  const time = 1675926123437;
  const signed = {
    message: "验签失败：time已过期",
    code: "500",
    status: false,
    time,
    sign: signV1(SECRET, String(time)),
  };
  expect(parse(envelope(signed), SIGNED)).toMatchObject({ kind: "refused", reason: "clock_skew" });
});
