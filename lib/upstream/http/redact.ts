import "server-only";
import { maskPhone } from "@/lib/format/phones";
import { storableText } from "@/lib/format/storable-text";

/** How much of an answer a trace keeps, in characters. */
const KEPT = 2048;
/** A card key is 32 upper hex; an answer cut inside one still shows most of it, so shorter runs with a letter go too. */
const CARD_KEY = "[0-9A-F]{32,}|(?=[0-9]*[A-F])[0-9A-F]{12,}";
/** A mainland mobile number: an upstream may repeat whom it was asked about. */
const PHONE = String.raw`(?<!\d)(?:86)?1[3-9]\d{9}(?!\d)`;
const CARD_KEY_FIELD = String.raw`"cardStr"\s*:\s*"[^"]*"?`;

/** Remove every secret value, as it is, JSON-escaped or URL-encoded, and every card key from a text; phones are masked. */
export function redact(text: string, secrets: readonly string[]): string {
  return redactHead(text, secrets, text.length);
}

/** The beginning of an answer, redacted and fit to be stored. */
export function traceBody(text: string, secrets: readonly string[]): string {
  return storableText(redactHead(text, secrets, KEPT));
}

/** Looks past the limit, so that a secret lying across it is still recognised. */
function redactHead(text: string, secrets: readonly string[], limit: number): string {
  const forms = secrets.filter(Boolean).flatMap(writtenForms);
  const pattern = new RegExp([...forms.map(RegExp.escape), CARD_KEY_FIELD, CARD_KEY, PHONE].join("|"), "g");
  const reach = Math.max(64, ...forms.map((form) => form.length));
  const window = text.slice(0, limit + reach);
  let out = "";
  let from = 0;
  for (const match of window.matchAll(pattern)) {
    if (match.index >= limit) break;
    out += window.slice(from, match.index) + replacement(match[0], forms);
    from = match.index + match[0].length;
  }
  if (from < limit) out += window.slice(from, limit);
  return text.length > limit ? out : withoutCutSecret(out, forms);
}

function replacement(found: string, forms: readonly string[]): string {
  if (forms.includes(found)) return "[secret]";
  if (/^\d+$/.test(found) && found.length < 32) return maskPhone(found.slice(-11));
  return found.startsWith('"cardStr"') ? '"cardStr":"[key]"' : "[key]";
}

/** An answer cut off inside a secret ends with its beginning. */
function withoutCutSecret(text: string, forms: readonly string[]): string {
  for (const form of forms)
    for (let length = form.length - 1; length >= 6; length--)
      if (text.endsWith(form.slice(0, length))) return `${text.slice(0, -length)}[secret]`;
  return text;
}

/** Longest first, so that the escaped form of a secret is not left half standing. */
function writtenForms(secret: string): string[] {
  const forms = new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  return [...forms].sort((a, b) => b.length - a.length);
}
