import "server-only";
import { fault, type Verdict } from "../call-result";
import { parseLossless } from "../http/json";
import { refusalOf } from "./refusals";
import { isSignedBy } from "./sign";
import { potatoEnvelope } from "./wire-schema";

/** `signSecret` null: signing is off, and answers carry no signature. */
export type JudgeOptions = { signSecret: string | null; emptyAllowed: boolean };

/**
 * What a complete PotatoCloud answer says: its rows, a listed refusal, or a fault. Code 200 with status true is success;
 * 203 means "no data" and is an empty list where that makes sense. With signing on, an unsigned success is not believed.
 */
export function judgePotato(
  { status, text }: { status: number; text: string },
  { signSecret, emptyAllowed }: JudgeOptions,
): Verdict<unknown[]> {
  const parsed = parseLossless(text);
  const wrongStatus = status >= 400;
  if (!parsed.ok) return wrongStatus ? fault("http_status", `HTTP ${status}`) : fault(parsed.fault, "not JSON");
  const envelope = potatoEnvelope.safeParse(parsed.value);
  if (!envelope.success) return fault(wrongStatus ? "http_status" : "wrong_shape", "not the documented envelope");
  const answer = envelope.data;
  const message = answer.message ?? "";
  const signed = signSecret === null || isSignedBy(signSecret, answer);
  if (!signed && answer.sign) return fault("bad_signature", "the answer's signature is wrong");
  const empty = answer.code === "203" && emptyAllowed;
  if (answer.code !== "200" && !empty) return failure(message, answer.code);
  if (wrongStatus) return fault("http_status", `HTTP ${status}`);
  if (!signed) return fault("bad_signature", "the answer is not signed");
  if (empty) return { kind: "done", data: [] };
  if (answer.status !== true) return fault("wrong_shape", message || "code 200 without status true");
  return Array.isArray(answer.data)
    ? { kind: "done", data: answer.data }
    : fault("wrong_shape", "the answer has no rows");
}

function failure(message: string, code: string): Verdict<never> {
  const reason = refusalOf(message, code);
  return reason ? { kind: "refused", reason, message } : fault("unlisted_failure", message || `code ${code}`);
}
