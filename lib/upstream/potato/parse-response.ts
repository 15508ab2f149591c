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
 * 203 means "no data" and is an empty list where that makes sense. With signing on, an answer without a valid signature
 * decides nothing, be it a success or a failure (接口规范: the answer carries `time` and `sign`, checked the V1 way).
 */
export function parsePotatoResponse(
  { status, text }: RawResponse,
  { signSecret, emptyAllowed }: ParseOptions,
): CallResult<unknown[]> {
  const parsed = parseLossless(text);
  if (!parsed.ok) return failedByStatus(status) ?? failed(parsed.fault, "not JSON");
  const { success, data: envelope } = potatoEnvelope.safeParse(parsed.value);
  if (!success) return failedByStatus(status) ?? failed("wrong_shape", "not the documented envelope");
  if (signSecret !== null && !isSignedBy(signSecret, envelope)) return toUnsigned(envelope);
  if (envelope.code === "200") return failedByStatus(status) ?? toRows(envelope);
  if (envelope.code === "203" && emptyAllowed) return failedByStatus(status) ?? { kind: "done", data: [] };
  return toRefusal(envelope);
}

/**
 * It decides nothing. What it claims is for the log, so that a wrong secret is recognised as such; only a wrong clock is
 * named, which nobody gains by pretending.
 */
function toUnsigned({ sign, code, message }: PotatoEnvelope): CallResult<never> {
  const flaw = sign ? "the answer's signature is wrong" : "the answer is not signed";
  const claimed = potatoRefusalReason(message ?? "", code) === "clock_skew" ? "clock_skew" : "bad_signature";
  return failed(claimed, `${flaw}; it says ${code} ${message ?? ""}`.trim());
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
