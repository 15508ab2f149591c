import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type Call, fields, type Lab, type Result } from "./lab.ts";
import { makeKeys, potatoSuccess } from "./potato.ts";
import { callerGone, JSON_TYPE, send, sendHtml, sendJson } from "./respond.ts";
import type { FaultRule } from "./types.ts";
import { listedFailure, loginExpired, unlistedFailure, wrongShape, wrongTypes } from "./wrong-answers.ts";

export type Shown = {
  lab: Lab;
  call: Call;
  rule: FaultRule;
  /** The upstream's own answer; null if the write has not (yet) taken effect. */
  honest: Result | null;
  req: IncomingMessage;
  res: ServerResponse;
  trapUrl: string;
};

/** Show the caller the fault instead of, or wrapped around, the honest answer. */
export async function showFault(shown: Shown): Promise<void> {
  const { lab, call, rule, honest, req, res, trapUrl } = shown;
  if (res.destroyed) return;
  const seconds = rule.with.seconds ?? 2;
  const tooMany = (retryAfter: string) =>
    sendJson(res, 429, { message: "Too Many Requests" }, { "retry-after": retryAfter });
  switch (rule.fault) {
    case "hang":
      await callerGone(res, rule.with.ms);
      res.destroy();
      return;
    case "refuse":
    case "reset":
      req.socket.resetAndDestroy();
      return;
    case "cut-with-length":
    case "cut-chunked":
      return cut(res, pretend(shown), rule.fault === "cut-with-length");
    case "drip":
      return drip(res, honest?.body ?? unlistedFailure(call), rule.with.ms ?? 200);
    case "empty":
      return send(res, 200, JSON_TYPE, "");
    case "non-json":
      return send(res, 200, "text/plain;charset=UTF-8", "服务正在维护，请稍后再试");
    case "html-500":
      return sendHtml(res, 500, "500 Internal Server Error");
    case "html-502":
      return sendHtml(res, 502, "502 Bad Gateway");
    case "html-404":
      return sendHtml(res, 404, "404 Not Found");
    case "json-500":
      return sendJson(res, 500, { timestamp: Date.now(), error: "Internal Server Error", path: call.path });
    case "json-403":
      return sendJson(res, 403, { error: "Forbidden", request_id: "sandbox" });
    case "429-seconds":
      return tooMany(String(seconds));
    case "429-date":
      return tooMany(new Date(Date.now() + seconds * 1000).toUTCString());
    case "429-garbage":
      return tooMany("in a while, crocodile");
    case "redirect-same":
      return redirect(res, `${req.url}${req.url?.includes("?") ? "&" : "?"}redirected=1`);
    case "redirect-other":
      return redirect(res, `${trapUrl}${call.path}`);
    case "gzip-bomb":
      return send(res, 200, JSON_TYPE, await bomb(), { "content-encoding": "gzip" });
    case "wrong-shape":
      return sendJson(res, 200, wrongShape(call));
    case "wrong-types":
      return sendJson(res, 200, wrongTypes(call, honest));
    case "failure-listed":
      return sendJson(res, 200, listedFailure(call));
    case "failure-unlisted":
      return sendJson(res, 200, unlistedFailure(call));
    case "wrong-signature":
      return sendJson(res, 200, { ...fields(pretend(shown)), time: call.now, sign: "0".repeat(32) });
    case "login-expired-after":
      return sendJson(res, 200, loginExpired(lab, call));
    case "destroy-partial":
      return sendJson(res, 200, { success: false, message: "系统错误：部分额度卡删除失败", code: 500 });
    case "clock-skew":
    case "keys-duplicate":
    case "keys-fewer":
    case "keys-more":
      return sendJson(res, 200, honest?.body);
  }
}

/** The honest answer, or what a success would have looked like. Only ever shown where it can't be trusted. */
function pretend({ lab, call, honest }: Shown): unknown {
  if (honest) return honest.body;
  if (call.kind !== "generate") {
    return { success: true, message: call.kind === "destroy" ? "删除成功" : "请求成功" };
  }
  const { type, total } = fields(call.body);
  return potatoSuccess(lab, call.now, makeKeys(lab, call.now, Number(type), Math.min(10, Number(total) || 1))).body;
}

function cut(res: ServerResponse, body: unknown, withLength: boolean): void {
  const whole = Buffer.from(JSON.stringify(body));
  res.writeHead(200, { "content-type": JSON_TYPE, ...(withLength ? { "content-length": whole.length } : {}) });
  res.write(whole.subarray(0, Math.ceil(whole.length / 2)), () => res.destroy());
}

async function drip(res: ServerResponse, body: unknown, ms: number): Promise<void> {
  const whole = Buffer.from(JSON.stringify(body));
  res.writeHead(200, { "content-type": JSON_TYPE, "content-length": whole.length });
  for (let i = 0; i < whole.length && !res.destroyed; i++) {
    res.write(whole.subarray(i, i + 1));
    if (ms > 0) await sleep(ms);
  }
  res.end();
}

function redirect(res: ServerResponse, location: string): void {
  send(res, 307, "text/plain", "", { location });
}

let bombBytes: Promise<Buffer> | undefined;

/** A success envelope padded with 64 MiB of blanks. */
function bomb(): Promise<Buffer> {
  const head = '{"success":true,"message":"请求成功","code":"200","status":true,"data":[]';
  bombBytes ??= promisify(gzip)(`${head}${" ".repeat(64 * 1024 * 1024)}}`);
  return bombBytes;
}
