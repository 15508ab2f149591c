import "server-only";
import type { Logger } from "pino";
import { logError } from "./log-error";

/** Next and other libraries print by themselves; from here on each of their messages is a line of the log. */
export function logConsole(log: Logger): void {
  for (const level of ["error", "warn", "info", "debug"] as const)
    console[level] = (...args: unknown[]) => {
      const err = args.find((arg) => arg instanceof Error);
      log[level]({ by: "console", ...(err && { err }) }, args.map(textOf).join(" "));
    };
  console.log = console.info;
}

/** Objects only by their kind: they may hold what was asked or stored. */
function textOf(arg: unknown): string {
  const told = typeof arg === "object" ? logError(arg) : String(arg);
  return typeof told === "string" ? told : `${told.type}: ${told.message}`;
}
