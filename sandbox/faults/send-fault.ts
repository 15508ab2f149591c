import type { IncomingMessage, ServerResponse } from "node:http";
import type { FaultName } from "../core/fault-names.ts";
import { fields } from "../core/fields.ts";
import { JSON_TYPE, send, sendHtml, sendJson } from "../http/respond.ts";
import { waitForDisconnect } from "../http/wait-for-disconnect.ts";
import type { Call } from "../upstream/call.ts";
import type { CallResult, Upstream } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { sendDripping, sendGzipBomb, sendHalf } from "./broken-bodies.ts";
import type { FaultRule } from "./fault-rule.ts";
import { wrongShape, wrongTypes } from "./garbled-bodies.ts";

export type FaultedCall = {
  state: UpstreamState;
  upstream: Upstream;
  call: Call;
  rule: FaultRule;
  /** The upstream's true answer; null if the write has not taken effect (yet). */
  honest: CallResult | null;
  req: IncomingMessage;
  res: ServerResponse;
  redirectTarget: string;
  /** What hangs ends then: calls were released after this one came in. */
  released: Promise<void>;
};

/** Send what the caller sees of the fault, instead of the true answer or made from it. */
export async function sendFault(faulted: FaultedCall): Promise<void> {
  if (!faulted.res.destroyed) await SENDERS[faulted.rule.fault](faulted);
}

type Sender = (faulted: FaultedCall) => void | Promise<void>;

const reset: Sender = ({ req }) => void req.socket.resetAndDestroy();
const honestAnswer: Sender = ({ res, honest }) => sendJson(res, 200, honest?.body);

const SENDERS: Readonly<Record<FaultName, Sender>> = {
  // Calls that were accepted before the port was closed, and calls over the shared address.
  refuse: reset,
  hang: async ({ res, rule, released }) => {
    await Promise.race([waitForDisconnect(res, rule.with.ms), released]);
    res.destroy();
  },
  reset,
  "cut-with-length": (faulted) => sendHalf(faulted.res, plausibleBody(faulted), "length"),
  "cut-chunked": (faulted) => sendHalf(faulted.res, plausibleBody(faulted), "chunked"),
  drip: ({ res, honest, upstream, state, call, rule }) =>
    sendDripping(res, honest?.body ?? upstream.unlistedFailure(state, call), rule.with.ms ?? 200),
  empty: ({ res }) => send(res, 200, JSON_TYPE, ""),
  "non-json": ({ res }) => send(res, 200, "text/plain;charset=UTF-8", "服务正在维护，请稍后再试"),
  "html-500": ({ res }) => sendHtml(res, 500, "500 Internal Server Error"),
  "html-502": ({ res }) => sendHtml(res, 502, "502 Bad Gateway"),
  "html-404": ({ res }) => sendHtml(res, 404, "404 Not Found"),
  "json-500": ({ res, call }) =>
    sendJson(res, 500, { timestamp: Date.now(), error: "Internal Server Error", path: call.path }),
  "json-403": ({ res }) => sendJson(res, 403, { error: "Forbidden", request_id: "sandbox" }),
  "429-seconds": ({ res, rule }) => sendTooMany(res, String(secondsOf(rule))),
  "429-date": ({ res, rule }) => sendTooMany(res, new Date(Date.now() + secondsOf(rule) * 1000).toUTCString()),
  "429-garbage": ({ res }) => sendTooMany(res, "in a while, crocodile"),
  "redirect-same": ({ req, res }) => redirect(res, `${req.url}${req.url?.includes("?") ? "&" : "?"}redirected=1`),
  "redirect-other": ({ res, redirectTarget, call }) => redirect(res, `${redirectTarget}${call.path}`),
  "gzip-bomb": ({ res }) => sendGzipBomb(res),
  "wrong-shape": ({ res, call }) => sendJson(res, 200, wrongShape(call)),
  "wrong-types": ({ res, call, honest }) => sendJson(res, 200, wrongTypes(call, honest?.body)),
  "failure-listed": ({ res, upstream, state, call }) => sendJson(res, 200, upstream.listedFailure(state, call)),
  "failure-unlisted": ({ res, upstream, state, call }) => sendJson(res, 200, upstream.unlistedFailure(state, call)),
  "wrong-signature": (faulted) =>
    sendJson(faulted.res, 200, {
      ...fields(plausibleBody(faulted)),
      time: faulted.call.now,
      sign: "0".repeat(32),
    }),
  "login-expired-after": ({ res, upstream, state, call }) => sendJson(res, 200, upstream.loginExpired(state, call)),
  "refused-after-effect": ({ res, upstream, state, call }) => sendJson(res, 200, upstream.loginExpired(state, call)),
  "destroy-partial": ({ res }) =>
    sendJson(res, 200, { success: false, message: "系统错误：部分额度卡删除失败", code: 500 }),
  "clock-skew": honestAnswer,
  "keys-duplicate": honestAnswer,
  "keys-fewer": honestAnswer,
  "keys-more": honestAnswer,
};

/** The true answer, or what a success would have looked like. Only for responses that prove nothing. */
function plausibleBody({ honest, upstream, state, call }: FaultedCall): unknown {
  return honest ? honest.body : upstream.fakeSuccess(state, call);
}

const secondsOf = (rule: FaultRule): number => rule.with.seconds ?? 2;

function sendTooMany(res: ServerResponse, retryAfter: string): void {
  sendJson(res, 429, { message: "Too Many Requests" }, { "retry-after": retryAfter });
}

function redirect(res: ServerResponse, location: string): void {
  send(res, 307, "text/plain", "", { location });
}
