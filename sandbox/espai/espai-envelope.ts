import type { Change } from "../store/journal.ts";
import type { CallResult } from "../upstream/upstream.ts";

export function espaiSuccess(body: object, changes: Change[] = []): CallResult {
  return { body, changes, refusal: null };
}

/** ESP-AI's failure. Business refusals have code 500, missing parameters and wrong keys 401. */
export function espaiFailure(message: string, code = 500): CallResult {
  return { body: { success: false, message, code }, changes: [], refusal: message };
}
