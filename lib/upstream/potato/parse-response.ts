import "server-only";
import { type CallResult, failed, failedByStatus, type RawResponse } from "../call-result";
import { parseLossless } from "../http/json";
import { potatoRefusalReason } from "./refusals";
import { type PotatoEnvelope, potatoEnvelope } from "./schemas";
import { isSignedBy } from "./sign";

/** `signSecret` null: signing is off, and answers carry no signature. */
export type ParseOptions = { signSecret: string | null; emptyAllowed: boolean };

/**
 * What a complete PotatoCloud answer means: its rows, a listed refusal, or a fault. Code 200 with status true is success;
 * 203 means "no data" and is an empty list where that makes sense. With signing on, an unsigned success is not believed.
 */
export function parsePotatoResponse(
  { status, text }: RawResponse,
  { signSecret, emptyAllowed }: ParseOptions,
): CallResult<unknown[]> {
  const parsed = parseLossless(text);
  if (!parsed.ok) return failedByStatus(status) ?? failed(parsed.fault, "not JSON");
  const { success, data: envelope } = potatoEnvelope.safeParse(parsed.value);
  if (!success) return failedByStatus(status) ?? failed("wrong_shape", "not the documented envelope");
  const isSigned = signSecret === null || isSignedBy(signSecret, envelope);
  if (!isSigned && envelope.sign) return failed("bad_signature", "the answer's signature is wrong");
  const isEmptyList = envelope.code === "203" && emptyAllowed;
  if (envelope.code !== "200" && !isEmptyList) return toRefusal(envelope);
  if (!isSigned) return failedByStatus(status) ?? failed("bad_signature", "the answer is not signed");
  return failedByStatus(status) ?? (isEmptyList ? { kind: "done", data: [] } : toRows(envelope));
}

function toRefusal({ code, message }: PotatoEnvelope): CallResult<never> {
  const reason = potatoRefusalReason(message ?? "", code);
  if (!reason) return failed("unlisted_failure", message || `code ${code}`);
  return { kind: "refused", reason, message: message ?? "" };
}

function toRows({ status, message, data }: PotatoEnvelope): CallResult<unknown[]> {
  if (status !== true) return failed("wrong_shape", message || "code 200 without status true");
  return Array.isArray(data) ? { kind: "done", data } : failed("wrong_shape", "the answer has no rows");
}
