import "server-only";

type Parsed = { ok: true; value: unknown } | { ok: false; fault: "cut" | "not_json" };

/**
 * Parse an answer without losing a digit: a number that JavaScript would not write back letter for letter (an id past
 * 2^53, "1.10") comes as its source text. Costs about six times a plain parse.
 */
export function parseLossless(text: string): Parsed {
  return tryParse(text, () => JSON.parse(text, keepSource));
}

/**
 * Plain parse, for answers of several megabytes whose numbers all stay under 2^53 (ESP-AI's card list): the lossless
 * one takes 40–60 ms for 9,999 rows, longer than the event loop may be held up.
 */
export function parsePlain(text: string): Parsed {
  return tryParse(text, () => JSON.parse(text));
}

function keepSource(_key: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === "number" && String(value) !== context?.source ? context?.source : value;
}

function tryParse(text: string, parse: () => unknown): Parsed {
  try {
    return { ok: true, value: parse() };
  } catch (error) {
    return { ok: false, fault: endsTooEarly(text, error) ? "cut" : "not_json" };
  }
}

/** A body without a length can be cut off unseen by HTTP; the parser then stumbles exactly at its end. */
function endsTooEarly(text: string, error: unknown): boolean {
  if (!/^\s*[{[]/.test(text) || !(error instanceof Error)) return false;
  if (/end of JSON input|Unterminated string/.test(error.message)) return true;
  const position = /at position (\d+)/.exec(error.message)?.[1];
  return position !== undefined && Number(position) >= text.trimEnd().length;
}
