import type { Candidate } from "./candidate";
import type { UnreadText } from "./unread-text";

const ENDING = String.raw`(?:尾号|尾数|[后末][四4]位|last\s*(?:4|four)|end(?:s|ing)?\s*(?:in|with)?)`;
const IS = String.raw`\s*(?:是|为|is)?\s*[:=#]?\s*["“'「]?`;
const LABEL = String.raw`(?:兑换码|激活码|卡密|卡码|\bcode|\bkey)`;
const MASK = String.raw`(?:[*•●]+|\.{3,})`;

const LABELLED = new RegExp(`${LABEL}${IS}([0-9a-z](?:[ -]{0,2}[0-9a-z]){7})(?![0-9a-z])`, "gi");
const WORD = /(?<![0-9a-z])[0-9a-z]{8}(?![0-9a-z])/gi;
const GROUPS = /(?<![0-9a-z])(?:[0-9a-z]{4}[ -][0-9a-z]{4}|[0-9a-z](?:[ -]{1,2}[0-9a-z]){7})(?![0-9a-z])/gi;
const LABELLED_END = new RegExp(String.raw`${LABEL}\s*(${ENDING})?${IS}${MASK}?\s?([0-9a-z]{4})(?![0-9a-z*.•])`, "gi");
const OTHER_END = new RegExp(`${ENDING}${IS}([0-9a-z]{4})(?![0-9a-z])`, "gi");
const MASKED_END = new RegExp(String.raw`(?<![0-9a-z])${MASK}\s?([0-9a-z]{4})(?![0-9a-z])`, "gi");
const ONLY_END = new RegExp(String.raw`^${MASK}\s?([0-9a-z]{4})$`, "i");
const CUT = new RegExp(`(?<![0-9a-z])([0-9a-z]{3,7})${MASK}`, "gi");

/** A capital inside, or a letter beside a digit: no word of a language. */
const isMixed = (word: string) => /[a-z][A-Z]|[A-Z]{2}[a-z]|\d[a-z]|[a-z]\d/.test(word) || hasBoth(word);
const hasBoth = (word: string) => /\d/.test(word) && /[a-z]/i.test(word);
const joined = (text: string) => text.replace(/[ -]/g, "");

const whole = (value: string): Candidate => ({ kind: "code", exactness: "whole", value });

/** Codes that are said to be such. */
export const readLabelledCodes = (text: UnreadText): Candidate[] =>
  text.take(LABELLED, ([, code = ""]) => (isGrouped(code) && isMixed(joined(code)) ? whole(joined(code)) : null));

/**
 * Codes (8 letters and digits, case kept), at once, in halves or letter by letter, and their ends. A word of eight letters or
 * digits alone is only a guess, for it may be any word or a date.
 */
export const readCodes = (text: UnreadText): Candidate[] => [
  ...text.take(
    WORD,
    ([word]): Candidate => (isMixed(word) ? whole(word) : { kind: "code", exactness: "guess", value: word }),
  ),
  // "call 2933" is no code: one of the halves must look like a piece of one.
  ...text.take(GROUPS, ([code]) =>
    code.length > 9 ? spelled(code) : code.split(/[ -]/).some(isMixed) ? whole(joined(code)) : null,
  ),
  // Said to be an end, it may be letters alone: of a key's last four one in fifty is.
  ...text
    .take(LABELLED_END, ([, said, end = ""]) => (said || /\d/.test(end) || isMixed(end) ? endsOf(end) : null))
    .flat(),
  ...text.take(OTHER_END, ([, end = ""]) => (isMixed(end) ? endsOf(end) : null)).flat(),
  ...text.take(MASKED_END, ([, end = ""]) => endsOf(end)).flat(),
  ...text.take(CUT, ([, value = ""]): Candidate | null =>
    isMixed(value) ? { kind: "code", exactness: "part", value } : null,
  ),
];

/** The text as a whole is a code, a piece of one, or the last 4 of a code or key, also as lists show them: ••••2455. */
export function asCodePart(text: string): Candidate[] {
  const end = ONLY_END.exec(text)?.[1];
  if (end) return endsOf(end);
  if (/^[0-9a-z]{8}$/i.test(text)) return isMixed(text) ? [whole(text)] : [];
  const word = joined(text);
  if (!/^[0-9a-z]{3,7}$/i.test(word)) return [];
  return [...(word.length === 4 ? endsOf(word) : []), { kind: "code", exactness: "part", value: word }];
}

/** Written at once, or in pieces of one length: several words are no code. */
const isGrouped = (code: string) => new Set(code.split(/[ -]+/).map((piece) => piece.length)).size === 1;

const spelled = (code: string) => (isMixed(joined(code)) ? whole(joined(code)) : null);

function endsOf(value: string): Candidate[] {
  const code: Candidate = { kind: "code", exactness: "end", value };
  return /^[0-9a-f]{4}$/i.test(value) ? [code, { kind: "key", exactness: "end", value: value.toUpperCase() }] : [code];
}
