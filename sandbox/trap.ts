import type { RequestListener } from "node:http";
import { sendJson } from "./respond.ts";
import type { TrapHit } from "./types.ts";

const SECRET_HEADERS = ["authorization", "askkey", "apiusertoken", "sign", "cookie"];

/** The other host a redirect points to: notes which secrets it was shown and plays along. */
export function trapListener(hits: TrapHit[]): RequestListener {
  return (req, res) => {
    const secretHeaders = SECRET_HEADERS.filter((name) => req.headers[name] !== undefined);
    hits.push({ at: Date.now(), method: req.method ?? "", path: req.url ?? "", secretHeaders });
    req.resume();
    sendJson(res, 200, { success: true, message: "请求成功", code: "200", status: true, data: [], totalNumber: 0 });
  };
}
