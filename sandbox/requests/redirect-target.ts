import type { RequestListener } from "node:http";
import { sendJson } from "../http/respond.ts";

/** One call that arrived at the redirect target: which credentials it carried, never their values. */
export type RedirectHit = { at: number; method: string; path: string; secretHeaders: string[] };

const SECRET_HEADERS = ["authorization", "askkey", "apiusertoken", "sign", "cookie"];

/** The other host that a redirect points to. A hit means that a client sent its credentials to a stranger. */
export function redirectTargetListener(hits: RedirectHit[]): RequestListener {
  return (req, res) => {
    const secretHeaders = SECRET_HEADERS.filter((name) => req.headers[name] !== undefined);
    hits.push({ at: Date.now(), method: req.method ?? "", path: req.url ?? "", secretHeaders });
    req.resume();
    sendJson(res, 200, { success: true, message: "请求成功", code: "200", status: true, data: [], totalNumber: 0 });
  };
}
