import "server-only";
import { UpstreamError } from "./upstream-error";

/**
 * In how many ms to try again if a read failed only because our own breaker or queue refused it; null for any other
 * error. Such a refusal says nothing of the upstream, and is no reason to ask a person.
 */
export const guardRetryInMs = (error: unknown): number | null =>
  error instanceof UpstreamError ? error.retryInMs : null;
