import "server-only";
import { type CallResult, failed, failedByStatus, type RawResponse } from "../call-result";
import { parseLossless } from "../http/json";
import { talkbotRefusalReason } from "./refusals";
import { talkbotEnvelope } from "./schemas";

/** What a complete Talk-Bot answer means. */
export function parseTalkbotResponse({ status, text }: RawResponse): CallResult<{ data: unknown; total: unknown }> {
  const parsed = parseLossless(text);
  if (!parsed.ok) return failedByStatus(status) ?? failed(parsed.fault, "not JSON");
  const envelope = talkbotEnvelope.safeParse(parsed.value);
  if (!envelope.success) return failedByStatus(status) ?? failed("wrong_shape", "not the documented envelope");
  const { code, msg, data, total } = envelope.data;
  const message = msg ?? "";
  const reason = talkbotRefusalReason(code);
  if (reason) return { kind: "refused", reason, message };
  if (code !== "200") return failed("unlisted_failure", message || `code ${code}`);
  return failedByStatus(status) ?? { kind: "done", data: { data, total } };
}
