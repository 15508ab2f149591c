import type { CallResult } from "../upstream/upstream.ts";

export function talkbotSuccess(content: object): CallResult {
  return { body: { msg: "操作成功。", code: 200, ...content }, changes: [], refusal: null };
}

export function talkbotFailure(msg: string, code: number): CallResult {
  return { body: { msg, code }, changes: [], refusal: msg };
}
