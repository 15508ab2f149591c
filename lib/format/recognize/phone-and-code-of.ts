import type { Candidate } from "./candidate";

export type PhoneAndCode = { phone: string; code: string };

/** The one phone and the one code in a text; null if either is missing or not the only one. */
export function phoneAndCodeOf(candidates: readonly Candidate[]): PhoneAndCode | null {
  const [phones, codes] = [valuesOf(candidates, "phone"), valuesOf(candidates, "code")];
  const [phone, code] = [phones[0], codes[0]];
  return phones.length === 1 && codes.length === 1 && phone && code ? { phone, code } : null;
}

const valuesOf = (candidates: readonly Candidate[], wanted: Candidate["kind"]) =>
  candidates.flatMap(({ kind, exactness, value }) =>
    kind === wanted && (exactness === "whole" || exactness === "guess") ? [value] : [],
  );
