import type { Candidate } from "./candidate";
import { foldCode } from "./fold-code";
import { plainText } from "./plain-text";
import { asCodePart, readCodes, readLabelledCodes } from "./read-codes";
import { asIdStart, asSureStart, readIdStarts, readIds, readSureStarts } from "./read-ids";
import { asPhonePart, readBareEnds, readPhones } from "./read-phones";
import { asName, asReference, readNameWords, readReferences } from "./read-words";
import { UnreadText } from "./unread-text";

/** Four digits in more words than this are an amount or a year. */
const FEW_WORDS = 3;

/**
 * What a pasted or typed text may name: every phone, code, id and ticket number in it, in the order of the text and each
 * once, whatever stands around them; of a short text also the nickname, or the piece of something, that it may be. Ordinary
 * words are never a phone, an id or a whole code. Blank text names nothing.
 */
export function recognize(text: string): Candidate[] {
  const plain = plainText(text);
  if (plain === "") return [];
  const unread = new UnreadText(plain);
  const named = [
    ...readIds(unread),
    ...readSureStarts(unread),
    ...readPhones(unread),
    ...readLabelledCodes(unread),
    ...readReferences(unread),
    ...readIdStarts(unread),
    ...readCodes(unread),
  ];
  if (named.some(identifies)) return unique([...named, ...readAloud(named), ...asSureStart(plain), ...asName(plain)]);
  const pieces = [...asPhonePart(plain), ...asCodePart(plain), ...asIdStart(plain)];
  const endings = pieces.length === 0 && plain.split(/\s+/).length <= FEW_WORDS ? readBareEnds(unread) : [];
  const words = [...asName(plain), ...(pieces.length === 0 ? readNameWords(unread) : [])];
  return unique([...named, ...pieces, ...endings, ...words, ...asReference(plain)]);
}

/** Whether a candidate can belong to one thing only, so that nothing else of the text matters. */
const identifies = ({ kind, exactness }: Candidate) =>
  exactness === "masked" || (exactness === "whole" && kind !== "name" && kind !== "reference");

/** A code that was read out may have been written down wrong. */
const readAloud = (named: Candidate[]): Candidate[] =>
  named.flatMap((candidate) =>
    candidate.kind === "code" && candidate.exactness === "whole"
      ? [{ kind: "code", exactness: "read", value: foldCode(candidate.value) }]
      : [],
  );

const unique = (candidates: Candidate[]): Candidate[] => [
  ...new Map(candidates.map((each) => [`${each.kind} ${each.exactness} ${each.value}`, each])).values(),
];
