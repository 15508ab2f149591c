import type { Check } from "../../lib/doctor/types.ts";
import words from "../../messages/en/health.json" with { type: "json" };

const marks = { ok: "ok  ", warn: "WARN", fail: "FAIL" } as const;

/** A check as a line of the terminal: the words of the health page, in English. */
export function lineOf({ id, state, says, params, upstream }: Check): string {
  const named: Record<string, string | number> = {
    ...params,
    ...(upstream && { upstream: words.checkUpstream[upstream] }),
  };
  const text = words.checkSays[says].replace(/\{(\w+)\}/g, (_, name: string) => String(named[name] ?? ""));
  return `${marks[state]}  ${words.check[id]}: ${text}`;
}
