import type { Candidate } from "./candidate";
import { plainText } from "./plain-text";
import { recognize } from "./recognize";

/** A whole phone, code or id in a text, and where: `plain` from `at` to `end`. */
export type Named = { kind: "phone" | "code" | "id"; value: string; at: number; end: number };

export type NamedIn = {
  plain: string;
  /** In the order of the text. In a list (two or more of a kind) one that is there twice is named twice. */
  named: Named[];
  /** Words of eight letters or digits that may be codes. */
  guesses: string[];
};

/** The whole phones, codes and ids of a line, and where each stands. */
export function namedIn(text: string): NamedIn {
  const plain = plainText(text);
  const candidates = recognize(plain);
  const wholes = candidates.filter(isWhole);
  const signs = signsOf(plain);
  const named = wholes.flatMap(({ kind, value }) => {
    const places = placesOf(signs, plain, value.toLowerCase());
    const isList = wholes.filter((other) => other.kind === kind).length > 1;
    return (isList ? places : places.slice(0, 1)).map((place) => ({ kind, value, ...place }));
  });
  return {
    plain,
    named: named.sort((one, other) => one.at - other.at),
    guesses: candidates.flatMap(({ kind, exactness, value }) =>
      kind === "code" && exactness === "guess" ? [value] : [],
    ),
  };
}

type Whole = { kind: Named["kind"]; exactness: "whole"; value: string };

const isWhole = (candidate: Candidate): candidate is Candidate & Whole =>
  candidate.exactness === "whole" &&
  (candidate.kind === "phone" || candidate.kind === "code" || candidate.kind === "id");

type Signs = { text: string; places: number[] };

/** Letters and digits alone: a phone or code may be written in pieces. */
function signsOf(plain: string): Signs {
  let text = "";
  const places: number[] = [];
  for (let place = 0; place < plain.length; place++) {
    const sign = plain.charAt(place);
    if (!/[0-9a-z]/i.test(sign)) continue;
    text += sign.toLowerCase();
    places.push(place);
  }
  return { text, places };
}

/** Where a value stands; at the end of the text if it was written in words. */
function placesOf({ text, places }: Signs, plain: string, value: string): { at: number; end: number }[] {
  const found: { at: number; end: number }[] = [];
  for (let from = text.indexOf(value); from >= 0; from = text.indexOf(value, from + value.length)) {
    const at = places[from] ?? 0;
    const end = (places[from + value.length - 1] ?? at) + 1;
    // Inside of a longer word it is another word's part; only the first need not stand alone, as behind "tel".
    if (found.length === 0 || !/[0-9a-z]/i.test(plain.charAt(at - 1) + plain.charAt(end))) found.push({ at, end });
  }
  return found.length > 0 ? found : [{ at: plain.length, end: plain.length }];
}
