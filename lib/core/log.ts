import "server-only";
import pino, { type Logger } from "pino";
import { env } from "./env";
import { logDestination } from "./log-destination";
import { logError } from "./log-error";
import { sharedSlot } from "./shared-slot";

const slot = sharedSlot<Logger>("log");

/** The process's log: one line of JSON each, control characters escaped. Never log a phone, a code, a key or an upstream's raw body. */
export function log(): Logger {
  slot.value ??= openLog(env().LOG_LEVEL, 1);
  return slot.value;
}

/** A log that is written to a file descriptor. */
export const openLog = (level: string, fd: number): Logger =>
  pino({ level, base: null, serializers: { err: (error: unknown) => logError(error) } }, logDestination(fd));
