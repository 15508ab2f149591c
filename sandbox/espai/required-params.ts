import { fields, isAbsent } from "../core/fields.ts";
import type { CallResult } from "../upstream/upstream.ts";
import { espaiFailure } from "./espai-envelope.ts";

/** The required text parameters, or the failure that names the first missing or mistyped one. */
export function requiredParams<K extends string>(body: unknown, names: readonly K[]): Record<K, string> | CallResult {
  const given = fields(body);
  const found: Partial<Record<K, string>> = {};
  for (const name of names) {
    const value = given[name];
    if (isAbsent(value)) return espaiFailure(`缺失参数:${name}`, 401);
    if (typeof value !== "string") return espaiFailure(`参数类型错误:${name}`, 401);
    found[name] = value;
  }
  return found as Record<K, string>;
}

export const isFailure = (value: object): value is CallResult => "refusal" in value && "changes" in value;
