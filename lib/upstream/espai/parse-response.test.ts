import { expect, test } from "vitest";
import { fixture } from "@/test/support/test-server";
import { parseEspaiResponse, parseEspaiWrite } from "./parse-response";

const documented = (name: string) => fixture(import.meta.url, `${name}.json`);
const failure = (message: string, code: number | string | null = 500) =>
  JSON.stringify({ success: false, message, code });

test.each(["transfer-answer", "destroy-answer"])("the documented %s is done", (name) => {
  expect(parseEspaiWrite({ status: 200, text: documented(name) })).toEqual({ kind: "done", data: null });
});

test.each(["error-half-width-colon", "error-full-width-colon"])("the documented %s decides nothing", (name) => {
  expect(parseEspaiWrite({ status: 200, text: documented(name) })).toMatchObject({
    kind: "failed",
    fault: "unlisted_failure",
  });
});

test.each([
  [failure("缺失参数:commodity_id", 401), "missing_parameter"],
  [failure("缺失参数：target_code", "401"), "missing_parameter"],
  [failure("参数类型错误:limit", 401), "missing_parameter"],
  [failure("open_api_key无效", 401), "key_refused"],
  [failure("未知用户", 401), "key_refused"],
  [failure("禁止访问", 403), "no_permission"],
  [failure("额度不足"), "insufficient_balance"],
  [failure("额度不足", null), "insufficient_balance"],
  [failure("当前额度卡剩余额度不足"), "insufficient_balance"],
  [failure("额度卡不存在"), "card_not_found"],
  [failure("目标额度卡不存在"), "card_not_found"],
  [failure("免费体验卡不能进行额度转让操作"), "trial_card"],
  [failure("拒绝操作：额度卡销毁必须是付费卡并且余额为0"), "not_allowed"],
])("%s is refused: %s", (text, reason) => {
  expect(parseEspaiWrite({ status: 200, text })).toMatchObject({ kind: "refused", reason });
});

test("a refusal keeps the upstream's message, also under a 4xx", () => {
  const answer = { status: 401, text: failure("缺失参数:code", 401) };
  expect(parseEspaiWrite(answer)).toEqual({ kind: "refused", reason: "missing_parameter", message: "缺失参数:code" });
});

test.each([
  ["thrown half-way, whatever follows", 200, failure("系统错误：额度不足"), "unlisted_failure"],
  ["thrown half-way with a listed code", 200, failure("系统错误:xxx", 401), "unlisted_failure"],
  ["a failure that is not on the list", 200, failure("操作频繁"), "unlisted_failure"],
  ["a listed message, but not at the beginning", 200, failure("转让完成，源卡额度不足"), "unlisted_failure"],
  ["a code every object knows", 200, failure("失败", "constructor"), "unlisted_failure"],
  ["a failure without a message", 200, `{"success":false}`, "unlisted_failure"],
  ["success as text", 200, `{"success":"true","message":"请求成功"}`, "wrong_shape"],
  ["success as a number", 200, `{"success":1,"message":"请求成功"}`, "wrong_shape"],
  ["success without a message", 200, `{"success":true}`, "wrong_shape"],
  ["success with a list for a message", 200, `{"success":true,"message":["请求成功"]}`, "wrong_shape"],
  ["success beside an error code", 200, `{"success":true,"message":"请求成功","code":500}`, "wrong_shape"],
  ["success with an error's message", 200, `{"success":true,"message":"系统错误：xxx"}`, "wrong_shape"],
  ["success with a refusal's message", 200, `{"success":true,"message":"额度不足"}`, "wrong_shape"],
  ...["转让失败", "操作失败，请稍后重试", "参数校验错误", "服务异常", "transfer failed"].map(
    (message) =>
      [
        `success whose message says ${message}`,
        200,
        JSON.stringify({ success: true, message }),
        "wrong_shape",
      ] as const,
  ),
  ["success under a 4xx", 404, documented("transfer-answer"), "http_status"],
  ["some other JSON", 200, `{"result":"ok"}`, "wrong_shape"],
  ["an array", 200, "[]", "wrong_shape"],
  ["null", 200, "null", "wrong_shape"],
  ["nothing", 200, "", "not_json"],
  ["a page", 200, "<html></html>", "not_json"],
  ["a page under a 4xx", 404, "<html></html>", "http_status"],
  ["half an answer", 200, `{"success":true,"message":"请求`, "cut"],
] as const)("%s decides nothing", (_what, status, text, name) => {
  expect(parseEspaiWrite({ status, text })).toMatchObject({ kind: "failed", fault: name });
});

test("a success may say code 200", () => {
  expect(parseEspaiResponse({ status: 200, text: `{"success":true,"message":"请求成功","code":200}` }).kind).toBe(
    "done",
  );
});
