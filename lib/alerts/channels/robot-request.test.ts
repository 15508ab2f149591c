import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { ChannelFault } from "./channel-fault";
import { readVerdict, robotRequest } from "./robot-request";

const message = (now: number) => ({ id: "m1", text: "余额低\n18.5", madeAt: new Date(0), now: new Date(now) });
const content = { content: "余额低\n18.5" };

test("WeCom gets a text and no signature", () => {
  const url = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k";
  const post = robotRequest({ kind: "wecom", url }, message(0));
  expect(post.url).toBe(url);
  expect(JSON.parse(post.body)).toEqual({ msgtype: "text", text: content });
});

// Signatures by openssl.
test("DingTalk's signature stands in the query", () => {
  const url = "https://oapi.dingtalk.com/robot/send?access_token=t";
  const post = robotRequest({ kind: "dingtalk", url, secret: "this is secret" }, message(1_577_262_236_757));
  expect(Object.fromEntries(new URL(post.url).searchParams)).toEqual({
    access_token: "t",
    timestamp: "1577262236757",
    sign: "hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=",
  });
  // A plus that is not escaped would be read as a space.
  expect(post.url).not.toMatch(/sign=.*[+/]/);
  expect(JSON.parse(post.body)).toEqual({ msgtype: "text", text: content });
  expect(robotRequest({ kind: "dingtalk", url, secret: "" }, message(0)).url).toBe(url);
});

test("Feishu's signature stands in the body", () => {
  const url = "https://open.feishu.cn/open-apis/bot/v2/hook/x";
  const body = { msg_type: "text", content: { text: "余额低\n18.5" } };
  const post = robotRequest({ kind: "feishu", url, secret: "demo" }, message(1_599_360_473_999));
  expect(JSON.parse(post.body)).toEqual({
    ...body,
    timestamp: "1599360473",
    sign: "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=",
  });
  expect(JSON.parse(robotRequest({ kind: "feishu", url, secret: "" }, message(0)).body)).toEqual(body);
});

test("a webhook verifies as Standard Webhooks, has one id through all its tries and one body", () => {
  const secret = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;
  const config = { kind: "webhook", url: "https://example.com/hook", secret } as const;
  const now = Date.now();
  const [first, again] = [robotRequest(config, message(now)), robotRequest(config, message(now + 60_000))];
  expect(new Webhook(secret).verify(first.body, first.headers)).toMatchObject({
    type: "cardesk.alert",
    data: { text: content.content },
  });
  expect(new Webhook(secret).verify(again.body, again.headers)).toEqual(JSON.parse(first.body));
  expect(again.headers["webhook-id"]).toBe(first.headers["webhook-id"]);
  expect(() =>
    new Webhook(`whsec_${Buffer.alloc(32, 6).toString("base64")}`).verify(first.body, first.headers),
  ).toThrow();
});

describe("an answer", () => {
  test.each([
    ["wecom", 200, '{"errcode":0,"errmsg":"ok"}'],
    ["dingtalk", 200, '{"errcode":0}'],
    ["feishu", 200, '{"code":0,"msg":"success"}'],
    ["feishu", 200, '{"StatusCode":0,"StatusMessage":"success"}'],
    ["webhook", 204, ""],
  ] as const)("%s %i %s is taken", (kind, status, body) => {
    expect(readVerdict(kind, { status, body })).toBeUndefined();
  });

  test.each([
    ["wecom", 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', "refused", "93000 invalid webhook url"],
    ["dingtalk", 200, '{"errcode":310000,"errmsg":"sign not match"}', "refused", "310000 sign not match"],
    ["feishu", 200, '{"code":19021,"msg":"sign match fail"}', "refused", "19021 sign match fail"],
    ["feishu", 400, '{"code":9499,"msg":"Bad Request"}', "status", "HTTP 400 Bad Request"],
    ["wecom", 200, "<html>a proxy's page</html>", "refused", "?"],
    ["dingtalk", 200, "null", "refused", "?"],
    ["wecom", 200, '{"errcode":"0"}', "refused", "0"],
    ["webhook", 500, "boom", "status", "HTTP 500"],
  ] as const)("%s %i %s is a failure", (kind, status, body, key, details) => {
    const fault = new ChannelFault(key, details);
    expect(() => readVerdict(kind, { status, body })).toThrow(fault);
  });
});
