import { isWrite } from "../core/endpoints.ts";
import { fields } from "../core/fields.ts";
import type { Call } from "../upstream/call.ts";

/** JSON of an unrelated service. */
export function wrongShape(call: Call): unknown {
  return { result: "ok", payload: { items: [], next: null }, endpoint: call.path };
}

/**
 * The right fields with the wrong types. Reads keep their content, so that a tolerant reader can still use it; a write's
 * response says nothing about whether it happened.
 */
export function wrongTypes(call: Call, honestBody: unknown): unknown {
  if (call.kind === "generate") return { code: 200, message: null, status: "true", data: { list: "[]" }, pc: 0 };
  if (isWrite(call.kind)) return { success: "true", message: ["请求成功"] };
  const body = fields(honestBody);
  return { ...body, data: swapTypes(body.data) };
}

function swapTypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(swapTypes);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, swapTypes(inner)]));
  }
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return value;
  const number = Number(value);
  return /^-?\d+(\.\d+)?$/.test(value) && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : value;
}
