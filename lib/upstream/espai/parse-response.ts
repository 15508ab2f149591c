import "server-only";
import { type CallResult, failed, failedByStatus, type RawResponse } from "../call-result";
import { parsePlain } from "../http/json";
import { espaiRefusalReason, isThrown } from "./refusals";
import { espaiFailure, espaiSuccess } from "./schemas";

type Envelope = Record<string, unknown> & { success: true; message: string };

/**
 * What a complete ESP-AI answer means. Done is only the documented success envelope; refused only a failure on the list
 * (refusals.ts); everything else has failed, which for a write means unknown.
 */
export function parseEspaiResponse({ status, text }: RawResponse): CallResult<Envelope> {
  const parsed = parsePlain(text);
  if (!parsed.ok) return failedByStatus(status) ?? failed(parsed.fault, "not JSON");
  const failure = espaiFailure.safeParse(parsed.value);
  if (failure.success) return toRefusal(failure.data);
  return failedByStatus(status) ?? toEnvelope(parsed.value);
}

/** A write's success carries nothing beside the envelope. */
export function parseEspaiWrite(response: RawResponse): CallResult<null> {
  const result = parseEspaiResponse(response);
  return result.kind === "done" ? { kind: "done", data: null } : result;
}

/** A list's rows are not parsed yet. */
export function parseEspaiList(response: RawResponse): CallResult<{ rows: unknown[]; totalNumber: unknown }> {
  const result = parseEspaiResponse(response);
  if (result.kind !== "done") return result;
  const { data, totalNumber } = result.data;
  return Array.isArray(data)
    ? { kind: "done", data: { rows: data, totalNumber } }
    : failed("wrong_shape", "the list has no rows");
}

function toRefusal({ message, code }: { message: string; code?: string | number | null }): CallResult<never> {
  const reason = espaiRefusalReason(message, code);
  return reason ? { kind: "refused", reason, message } : failed("unlisted_failure", message);
}

function toEnvelope(value: unknown): CallResult<Envelope> {
  const success = espaiSuccess.safeParse(value);
  if (!success.success) return failed("wrong_shape", "neither the documented success nor failure");
  const envelope = value as Envelope;
  return contradictsSuccess(envelope) ? failed("wrong_shape", envelope.message) : { kind: "done", data: envelope };
}

const SAYS_FAILED = /失败|错误|异常|\b(fail|error)/i;

/** "Success" beside an error's code or message is neither. */
function contradictsSuccess({ message, code }: Envelope): boolean {
  const isErrorCode = code !== undefined && code !== null && !["0", "200"].includes(String(code));
  return isErrorCode || SAYS_FAILED.test(message) || isThrown(message) || espaiRefusalReason(message, null) !== null;
}
