import type { Candidate } from "./candidate";
import type { UnreadText } from "./unread-text";

const GAP = String.raw`[ .\-()/]{0,3}`;
const COUNTRY = String.raw`(?:\(?(?:\+|00)?86\)?[ .\-]{0,3})?`;
/** Not inside of a longer number; a word like "tel" may stand right before it. */
const BEFORE = "(?<![0-9])(?<![0-9][a-z]{1,8})";
/** A code may follow at once, as when two columns are pasted as one. */
const AFTER = "(?=[a-z][0-9a-z]{7}(?![0-9a-z])|(?![0-9a-z]))";
/** "1500 138 0000 1111" is an amount and a phone, not a phone and an amount, and "150 2026-11-28" an amount and a day. */
const NOT_AMOUNT = [
  String.raw`(?!\d{4}[ .\-/]{1,3}1[3-9]\d(?: \d{4} |-\d{4}-|\.\d{4}\.)\d{4}(?!\d))`,
  String.raw`(?!\d{3} {1,3}(?:19|20)\d\d(?:-\d\d-|/\d\d/|\.\d\d\.)\d\d(?!\d))`,
].join("");

const PHONE = new RegExp(String.raw`${BEFORE}${NOT_AMOUNT}${COUNTRY}\(?(1[3-9]\d(?:${GAP}\d){8})${AFTER}`, "gi");
/** Read out digit by digit or in pairs. A number right before it would belong to it. */
const SPELLED = /(?<![0-9][ .\-:/,]{0,3})(1[ -]?[3-9](?:[ -]{1,3}\d{1,2}){5,9})(?![0-9a-z])(?![ .\-:/]\d)/gi;
const MASK = String.raw`(?:[*•●]{2,8}|\.{3,8}|x{4})`;
const MASKED = new RegExp(String.raw`(?<![0-9])(1[3-9]\d)[ -]?${MASK}[ -]?(\d{4})(?![0-9a-z])`, "gi");
const MASKED_END = new RegExp(String.raw`(?<![0-9a-z])${MASK}\s?(\d{4})(?![0-9a-z])`, "gi");
const END =
  /(?<![码密] ?)(?:尾号|尾数|[后末][四4]位(?:数字)?|(?<![0-9a-z])(?:last\s*(?:4|four)(?:\s*digits)?|end(?:s|ing)?\s*(?:in|with)?))\s*(?:是|为|is|are)?\s*[:=]?\s*["“'「]?(\d{4})(?![0-9a-z])/gi;
const END_BEFORE = /(?<![0-9a-z])(\d{4})\s*(?:尾号|结尾|的?尾数)/gi;
const BARE_END = /(?<![0-9a-z])(\d{4})(?![0-9a-z])/gi;

/** As people say digits. */
const SPOKEN = "零〇一幺二三四五六七八九";
const DIGITS = "001123456789";
const SAID = new RegExp(`[${SPOKEN}]{11}`, "g");

const end = (digits = ""): Candidate => ({ kind: "phone", exactness: "end", value: digits });

/** Whole phones as 11 digits, masked ones, and last 4 digits that are said to be such. */
export const readPhones = (text: UnreadText): Candidate[] => [
  ...text.take(SAID, ([said]) => phoneOf([...said].map((sign) => DIGITS[SPOKEN.indexOf(sign)]).join(""))),
  ...text.take(PHONE, ([, digits = ""]) => phoneOf(digits)),
  ...text.take(SPELLED, ([, digits = ""]) => phoneOf(digits)),
  ...text.take(
    MASKED,
    ([, from, to]): Candidate => ({ kind: "phone", exactness: "masked", value: `${from}****${to}` }),
  ),
  ...[END, END_BEFORE, MASKED_END].flatMap((pattern) => text.take(pattern, ([, digits]) => end(digits))),
];

/** Four digits between the words of a short text. */
export const readBareEnds = (text: UnreadText): Candidate[] => text.take(BARE_END, ([, digits]) => end(digits));

/** The text as a whole is a part of a phone: its last 4 digits, or 5 to 10. */
export function asPhonePart(text: string): Candidate[] {
  const digits = text.replace(/[ .\-*]/g, "");
  if (!/^\d{4,10}$/.test(digits)) return [];
  return [digits.length === 4 ? end(digits) : { kind: "phone", exactness: "part", value: digits }];
}

function phoneOf(text: string): Candidate | null {
  const digits = text.replace(/\D/g, "");
  return /^1[3-9]\d{9}$/.test(digits) ? { kind: "phone", exactness: "whole", value: digits } : null;
}
