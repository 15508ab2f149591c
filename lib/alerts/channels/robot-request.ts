import "server-only";
import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { ChannelConfig } from "../schemas";
import { ChannelFault } from "./channel-fault";
import type { Answer, Post } from "./post-guarded";

/** `id` is the message's through all its tries, `madeAt` when it was made; `now` is the time of this try. */
export type Message = { id: string; text: string; madeAt: Date; now: Date };

type Robot = Exclude<ChannelConfig, { kind: "email" }>;

const json = { "content-type": "application/json; charset=utf-8" };

/** The request that brings a message, signed as its receiver wants it. */
export function robotRequest(config: Robot, { id, text, madeAt, now }: Message): Post {
  switch (config.kind) {
    case "wecom":
      return { url: config.url, headers: json, body: JSON.stringify({ msgtype: "text", text: { content: text } }) };
    case "dingtalk":
      return {
        url: config.secret ? signedUrl(config.url, config.secret, now) : config.url,
        headers: json,
        body: JSON.stringify({ msgtype: "text", text: { content: text } }),
      };
    case "feishu": {
      const signature = config.secret ? feishuSignature(config.secret, now) : {};
      return {
        url: config.url,
        headers: json,
        body: JSON.stringify({ ...signature, msg_type: "text", content: { text } }),
      };
    }
    case "webhook": {
      const body = JSON.stringify({ type: "cardesk.alert", timestamp: madeAt.toISOString(), data: { text } });
      const messageId = `msg_${id}`;
      const signature = new Webhook(config.secret).sign(messageId, now, body);
      const seconds = String(Math.floor(now.getTime() / 1000));
      return {
        url: config.url,
        headers: {
          ...json,
          "webhook-id": messageId,
          "webhook-timestamp": seconds,
          "webhook-signature": signature,
        },
        body,
      };
    }
  }
}

/** DingTalk: HMAC-SHA256 of "<ms>\n<secret>" under the secret, in the query. */
function signedUrl(url: string, secret: string, now: Date): string {
  const signed = new URL(url);
  const timestamp = String(now.getTime());
  signed.searchParams.set("timestamp", timestamp);
  signed.searchParams.set("sign", createHmac("sha256", secret).update(`${timestamp}\n${secret}`).digest("base64"));
  return signed.href;
}

/** Feishu: HMAC-SHA256 of nothing under "<seconds>\n<secret>", in the body. */
function feishuSignature(secret: string, now: Date): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  return { timestamp, sign: createHmac("sha256", `${timestamp}\n${secret}`).digest("base64") };
}

/**
 * Whether it was taken. Robots say what is wrong with HTTP 200 and a code that is not 0 (WeCom, DingTalk: `errcode`; Feishu:
 * `code`, of old `StatusCode`). Throws {@link ChannelFault} "status" or "refused".
 */
export function readVerdict(kind: Robot["kind"], { status, body }: Answer): void {
  if (status < 200 || status >= 300) throw new ChannelFault("status", `HTTP ${status} ${wordsOf(parse(body))}`.trim());
  if (kind === "webhook") return;
  const said = parse(body);
  const code = kind === "feishu" ? (said.code ?? said.StatusCode) : said.errcode;
  if (code !== 0) throw new ChannelFault("refused", `${code ?? "?"} ${wordsOf(said)}`.trim());
}

function parse(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return value !== null && typeof value === "object" ? { ...value } : {};
  } catch {
    return {};
  }
}

const wordsOf = (said: Record<string, unknown>): string => {
  const words = said.errmsg ?? said.msg ?? said.StatusMessage;
  return typeof words === "string" ? words : "";
};
