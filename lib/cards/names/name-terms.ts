import "server-only";
import { pinyin } from "pinyin-pro";

/** A nickname has at most 256 characters; each of its endings is a term, cut to this. */
export const MAX_TERM = 32;

/** Stands before a whole nickname. */
export const WHOLE = "=";

/** A nickname, or what is typed to find it, as terms spell it: lower case, plain width, no blanks. */
export const nameKeyOf = (name: string): string => name.normalize("NFKC").toLowerCase().replace(/\s+/g, "");

/** What is typed as pinyin: without the signs between syllables, ü as v. Null if it is none. */
export function pinyinKeyOf(typed: string): string | null {
  const key = nameKeyOf(typed)
    .replace(/['’·-]/g, "")
    .replaceAll("ü", "v");
  return /^[a-z0-9]{2,}$/.test(key) ? key : null;
}

/** Whether a nickname with this part in it, as it is written, always has a term that begins with what is typed. */
export const termsHaveWritten = (typed: string): boolean => pinyinKeyOf(typed) === nameKeyOf(typed);

/**
 * Every ending of a nickname, of its pinyin by syllables, and of its initials: any part of one is then the beginning of a
 * term. The whole nickname stands there once more behind {@link WHOLE}. A surname that is read otherwise than the word it is
 * written as has both readings.
 */
export function nameTerms(name: string): string[] {
  const key = nameKeyOf(name);
  const read = /\p{Script=Han}/u.test(key) ? [syllables(key, "head"), syllables(key, "off")] : [];
  const initials = read.map((all) => all.map((syllable) => [...syllable][0] ?? ""));
  const endings = [[...key], ...read, ...initials].flatMap((pieces) =>
    pieces.map((_, from) => cut(pieces.slice(from, from + MAX_TERM).join(""))),
  );
  return [...new Set([cut(WHOLE + key), ...endings])].filter(Boolean);
}

const syllables = (text: string, surname: "head" | "off") =>
  pinyin(text, { toneType: "none", type: "array", v: true, surname, nonZh: "spaced" }).map((each) =>
    each.toLowerCase(),
  );

/** Terms for a tsquery: those that begin with a text, or are it. */
export const termsLike = (text: string): string => `${quoted(text)}:*`;
export const termsEqual = (text: string): string => quoted(text);

const quoted = (text: string) => `'${cut(text).replace(/['\\]/g, "$&$&")}'`;
const cut = (term: string) => [...term].slice(0, MAX_TERM).join("");
