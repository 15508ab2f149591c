import "server-only";
import type { RefusalReason } from "../types";

/** 401: 密钥不对或者密钥没有填. Talk-Bot's messages say nothing more. */
const BY_CODE: ReadonlyMap<string, RefusalReason> = new Map([
  ["401", "key_refused"],
  ["403", "no_permission"],
]);

/** The reason behind a failure; null when its code is not on the list. */
export function talkbotRefusalReason(code: string): RefusalReason | null {
  return BY_CODE.get(code) ?? null;
}
