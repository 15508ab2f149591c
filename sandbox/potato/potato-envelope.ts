import type { Change } from "../store/journal.ts";
import type { CallResult } from "../upstream/upstream.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";
import { signV1 } from "./potato-sign.ts";

type Envelope = { code: "200" | "203" | "403" | "500"; message: string; data?: unknown };

export function potatoSuccess(state: UpstreamState, now: number, data: unknown, changes: Change[] = []): CallResult {
  return { body: envelope(state, now, { code: "200", message: "", data }), changes, refusal: null };
}

/** An empty list is no success but code 203. */
export function potatoNothingFound(state: UpstreamState, now: number): CallResult {
  return { body: envelope(state, now, { code: "203", message: "暂无数据", data: null }), changes: [], refusal: null };
}

export function potatoFailure(state: UpstreamState, now: number, code: "403" | "500", message: string): CallResult {
  return { body: envelope(state, now, { code, message }), changes: [], refusal: message };
}

/** PotatoCloud's envelope: the code is text; with signing on, responses are signed with V1. */
function envelope({ options, credentials }: UpstreamState, now: number, { code, message, data }: Envelope): unknown {
  const signed = options.sign !== "none";
  return {
    code,
    message,
    status: code === "200",
    ...(data === undefined ? {} : { data }),
    pc: null,
    time: signed ? now : null,
    sign: signed ? signV1(credentials.potatoSignSecret, now) : null,
  };
}
