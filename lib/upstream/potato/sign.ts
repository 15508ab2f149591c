import "server-only";
import { createHash, randomInt } from "node:crypto";

export type SignMode = "none" | "v1" | "v3";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

/** V1 (接口规范, 验签规则V1): md5 of the secret and the time in epoch ms, lower case. */
export function signV1(secret: string, time: string): string {
  return md5(secret + time);
}

/**
 * V3 (接口规范, 验签规则V3): the parameters that are not empty, by name ascending, each as `&name=value`, then
 * `&secret&time&nonce`; md5, lower case. Numbers are written as JSON writes them.
 */
export function signV3(params: Record<string, unknown>, secret: string, time: string, nonce: string): string {
  const names = Object.keys(params).filter((name) => !isEmpty(params[name]));
  const pairs = names.sort(byCodePoint).map((name) => `&${name}=${asText(params[name])}`);
  return md5(`${pairs.join("")}&${secret}&${time}&${nonce}`);
}

/** The answer's own signature, checked the V1 way. */
export function isSignedBy(secret: string, answer: { time?: unknown; sign?: unknown }): boolean {
  const time = typeof answer.time === "number" ? String(answer.time) : answer.time;
  if (typeof time !== "string" || typeof answer.sign !== "string") return false;
  return answer.sign.toLowerCase() === signV1(secret, time);
}

/** 32 random letters and digits; must not come again within two minutes. */
export function makeNonce(): string {
  return Array.from({ length: 32 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
}

const isEmpty = (value: unknown) => value === undefined || value === null || value === "";
const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
const byCodePoint = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
