import { createHash } from "node:crypto";
import { fields, isAbsent } from "../core/fields.ts";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

/** V1: md5 of secret and time; responses are signed the same way. */
export const signV1 = (secret: string, time: string | number): string => md5(`${secret}${time}`);

/** V3: the body's non-empty parameters sorted by name, then secret, time and nonce. Numbers as in JSON. */
export function signV3(body: unknown, secret: string, time: string, nonce: string): string {
  const parts = Object.entries(fields(body))
    .filter(([, value]) => !isAbsent(value))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `&${name}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  return md5(`${parts.join("")}&${secret}&${time}&${nonce}`);
}
