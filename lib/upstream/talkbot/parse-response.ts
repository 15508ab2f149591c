import "server-only";
import { fault, type Verdict } from "../call-result";
import { parseLossless } from "../http/json";
import type { RefusalReason } from "../types";
import { talkbotEnvelope } from "./wire-schema";

/** 401: 密钥不对或者密钥没有填. */
const REFUSALS: ReadonlyMap<string, RefusalReason> = new Map([
  ["401", "key_refused"],
  ["403", "no_permission"],
]);

/** What a complete Talk-Bot answer says. */
export function judgeTalkbot({
  status,
  text,
}: {
  status: number;
  text: string;
}): Verdict<{ data: unknown; total: unknown }> {
  const parsed = parseLossless(text);
  const wrongStatus = status >= 400;
  if (!parsed.ok) return wrongStatus ? fault("http_status", `HTTP ${status}`) : fault(parsed.fault, "not JSON");
  const envelope = talkbotEnvelope.safeParse(parsed.value);
  if (!envelope.success) return fault(wrongStatus ? "http_status" : "wrong_shape", "not the documented envelope");
  const { code, msg, data, total } = envelope.data;
  const message = msg ?? "";
  const reason = REFUSALS.get(code);
  if (reason) return { kind: "refused", reason, message };
  if (code !== "200") return fault("unlisted_failure", message || `code ${code}`);
  return wrongStatus ? fault("http_status", `HTTP ${status}`) : { kind: "done", data: { data, total } };
}
