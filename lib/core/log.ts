import "server-only";
import pino, { type Logger } from "pino";
import { env } from "./env";
import { logDestination } from "./log-destination";
import { logError } from "./log-error";
import { sharedSlot } from "./shared-slot";

const slot = sharedSlot<Logger>("log");

/** The process's log: JSON lines. Never log a phone, a code, a key or an upstream's raw body. */
export function log(): Logger {
  slot.value ??= pino(
    {
      level: env().LOG_LEVEL,
      base: null,
      serializers: { err: (error: unknown) => logError(error) },
    },
    logDestination(1),
  );
  return slot.value;
}
