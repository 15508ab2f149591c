import "server-only";
import pino, { type Logger } from "pino";
import { env } from "./env";
import { logDestination } from "./log-destination";
import { logError } from "./log-error";
import { scopedRequestId } from "./request-scope";
import { sharedSlot } from "./shared-slot";
import { tracer } from "./tracing";

const slot = sharedSlot<Logger>("log");

/** The process's log: one line of JSON each, control characters escaped. Never log a phone, a code, a key or an upstream's raw body. */
export function log(): Logger {
  slot.value ??= openLog(env().LOG_LEVEL, 1);
  return slot.value;
}

/** A log that is written to a file descriptor. */
export const openLog = (level: string, fd: number): Logger =>
  pino(
    { level, base: null, serializers: { err: (error: unknown) => logError(error) }, mixin: whatItIsFor },
    logDestination(fd),
  );

/** On every line: the request or job it was written for, and its trace while traces are on. What a line says itself goes before. */
function whatItIsFor(): Record<string, string> {
  const requestId = scopedRequestId();
  const trace = tracer.value?.current();
  return { ...(requestId && { requestId }), ...(trace && { trace_id: trace.traceId, span_id: trace.spanId }) };
}
