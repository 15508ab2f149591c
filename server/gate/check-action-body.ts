/** Deeper than any form of ours. */
const MAX_DEPTH = 8;

/**
 * Why the body of a server action can't be one; null if it can. Our actions take one plain value, and the
 * id of whose page it is, which React sends as a JSON array. Its other encodings (references, big integers, streams, forms)
 * start with "$" or come as multipart: no page of ours sends them, and Next answers 500 to those it can't decode.
 */
export function actionBodyFault(contentType: string | undefined, body: Buffer): string | null {
  if (!/^text\/plain(;|$)/i.test(contentType ?? "")) return "an action takes text/plain";
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return "the body is not JSON";
  }
  if (!Array.isArray(value) || value.length > 2) return "the body is not an array of one or two";
  if (value.length === 2 && typeof value[1] !== "string") return "the body's array has no page's user";
  return isPlain(value, MAX_DEPTH) ? null : "the body holds what no action takes";
}

function isPlain(value: unknown, depth: number): boolean {
  if (depth < 0) return false;
  if (typeof value === "string") return !value.startsWith("$") || value.startsWith("$$") || value === "$undefined";
  if (typeof value !== "object" || value === null) return true;
  if (Object.hasOwn(value, "__proto__")) return false;
  return Object.values(value).every((each) => isPlain(each, depth - 1));
}
