import "server-only";
import { USED_HEADER } from "../used-header";

/**
 * Whether a person caused a request: a page that was opened, an action, or a read of a page that somebody uses. Not a
 * page's own reading, nor what Next reads ahead or again. docs/decisions/sessions.md
 */
export const isUse = (headers: Headers): boolean =>
  headers.has("next-action") || headers.get(USED_HEADER) === "1" || headers.get("sec-fetch-mode") === "navigate";
