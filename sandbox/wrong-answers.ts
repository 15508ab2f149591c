import { type Call, fields, type Lab, type Result } from "./lab.ts";
import { potatoFailure } from "./potato.ts";
import { isWrite } from "./routes.ts";

/** JSON of some other service. */
export function wrongShape(call: Call): unknown {
  return { result: "ok", payload: { items: [], next: null }, endpoint: call.path };
}

/**
 * The right fields with the wrong types. Reads keep their content, so that a tolerant reader still understands it;
 * a write's answer proves nothing either way.
 */
export function wrongTypes(call: Call, honest: Result | null): unknown {
  if (call.kind === "generate") return { code: 200, message: null, status: "true", data: { list: "[]" }, pc: 0 };
  if (isWrite(call.kind)) return { success: "true", message: ["请求成功"] };
  const body = fields(honest?.body);
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

/** A refusal the vendors document, fitting the call. */
export function listedFailure(call: Call): unknown {
  const espai = (message: string) => ({ success: false, message, code: 500 });
  switch (call.kind) {
    case "transfer":
      return espai("额度不足");
    case "destroy":
      return espai("拒绝操作：额度卡销毁必须是付费卡并且余额为0");
    case "detail":
    case "list":
      return espai("额度卡不存在");
    case "generate":
    case "keys":
      return { code: "500", message: "单次最多10条", status: false, pc: null, time: null, sign: null };
    case "billing":
    case "usage":
      return { msg: "Error request, response status: 401", code: 401 };
  }
}

/** The catch-all failure: whatever was being done may have been half done. */
export function unlistedFailure(call: Call): unknown {
  const message = "系统错误：Read timed out executing POST";
  if (call.upstream === "espai") return { success: false, message, code: 500 };
  if (call.upstream === "talkbot") return { msg: message, code: 500 };
  return { code: "500", message, status: false, data: null, pc: null, time: null, sign: null };
}

/** What each upstream says once it no longer knows the caller. */
export function loginExpired(lab: Lab, call: Call): unknown {
  if (call.upstream === "potato") return potatoFailure(lab, call.now, "403", "登录已过期，请重新登录").body;
  if (call.upstream === "espai") return { success: false, message: "open_api_key无效", code: 401 };
  return { msg: "Error request, response status: 401", code: 401 };
}
