import type { PublicError } from "@/lib/core/errors";
import { pageUserHeader } from "./page-user";
import { takeActivity } from "./person-activity";
import { noteSessionEnd } from "./session-end";

/** A failed read, with the server's error. */
class RequestError extends Error {
  override name = "RequestError";
  readonly error: PublicError;
  constructor(error: PublicError) {
    super(error.key);
    this.error = error;
  }
}

/**
 * Read from one of our own routes. Throws {@link RequestError}; a lost connection becomes "unavailable", and so does an answer
 * that is not ours but a proxy's.
 */
export async function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", ...takeActivity(), ...pageUserHeader() },
    body: JSON.stringify(body),
    signal: signal ?? null,
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new RequestError({ code: "unavailable", key: "no_connection" });
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const error = (answer as { error?: PublicError } | null)?.error;
  throw new RequestError(noteSessionEnd(error ?? { code: "unavailable", key: "no_connection" }, "poll"));
}

/** The public error of whatever was thrown. */
export const publicErrorOf = (thrown: unknown): PublicError =>
  thrown instanceof RequestError ? thrown.error : { code: "internal", key: "internal" };
