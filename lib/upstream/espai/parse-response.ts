import "server-only";
import { fault, type Verdict } from "../call-result";
import { parsePlain } from "../http/json";
import { refusalOf } from "./refusals";
import { espaiFailure, espaiSuccess } from "./wire-schema";

export type Envelope = Record<string, unknown> & { success: true; message: string };

/**
 * What a complete ESP-AI answer says. Done is only the documented success envelope; refused only a failure on the list
 * (refusals.ts); everything else is a fault, which for a write means unknown.
 */
export function judgeEspai({ status, text }: { status: number; text: string }): Verdict<Envelope> {
  const parsed = parsePlain(text);
  const wrongStatus = status >= 400;
  if (!parsed.ok) return wrongStatus ? fault("http_status", `HTTP ${status}`) : fault(parsed.fault, "not JSON");
  const failure = espaiFailure.safeParse(parsed.value);
  if (failure.success) {
    const { message, code } = failure.data;
    const reason = refusalOf(message, code);
    return reason ? { kind: "refused", reason, message } : fault("unlisted_failure", message);
  }
  if (wrongStatus) return fault("http_status", `HTTP ${status}`);
  const success = espaiSuccess.safeParse(parsed.value);
  if (!success.success) return fault("wrong_shape", "neither the documented success nor failure");
  return contradicts(parsed.value) ? fault("wrong_shape", success.data.message) : done(parsed.value as Envelope);
}

/** A write's success carries nothing beside the envelope. */
export function judgeEspaiWrite(answer: { status: number; text: string }): Verdict<null> {
  const verdict = judgeEspai(answer);
  return verdict.kind === "done" ? { kind: "done", data: null } : verdict;
}

const done = (data: Envelope): Verdict<Envelope> => ({ kind: "done", data });

/** "Success" beside an error code or an error's words is neither. */
function contradicts(value: unknown): boolean {
  const { message, code } = value as { message: string; code?: unknown };
  const badCode = code !== undefined && code !== null && !["0", "200"].includes(String(code));
  return badCode || /^\s*系统(错误|异常|繁忙)/.test(message) || refusalOf(message, null) !== null;
}
