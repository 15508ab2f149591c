import type { PublicError } from "@/lib/core/errors";

type Listener = (by: "user" | "poll") => void;

const listeners = new Set<Listener>();

/** Hear that the server no longer knows the session. Returns how to stop. */
export function onSessionEnd(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * For every answer of our own server: tells the page if it says that the session has ended. Gives the error back.
 * `by`: whether a person asked, or the page by itself.
 */
export function noteSessionEnd(error: PublicError, by: "user" | "poll"): PublicError {
  // A refused sign-in has the same code and its own key.
  if (error.code === "not_signed_in" && error.key === "not_signed_in") for (const listener of listeners) listener(by);
  return error;
}
