/** What a longer text names cards by; each value once, in the order of the text. */
export type Identifiers = { phones: string[]; ids: string[]; codes: string[] };

const PHONE = /(?<![0-9a-z])(?:(?:\+|00)?86[\s-]{0,2})?(1[3-9]\d(?:[\s-]{0,2}\d){8})(?![0-9a-z])/gi;
const ID = /(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/gi;
const CODE = /(?<![0-9a-z])[0-9a-z]{8}(?![0-9a-z])/gi;

/**
 * The phones, ids and codes inside a longer text, like a pasted chat message or a column of numbers. Phones as 11 digits
 * and ids in lower case. Any word of 8 letters and digits may be a code, so a code here is only a guess.
 */
export function extractIdentifiers(text: string): Identifiers {
  let rest = text.normalize("NFKC");
  const take = (pattern: RegExp, read: (match: RegExpMatchArray) => string): string[] => {
    const values = [...rest.matchAll(pattern)].map(read);
    // What was taken is nothing else as well: ids hold words of 8 that would pass for codes.
    rest = rest.replace(pattern, "\n");
    return [...new Set(values)];
  };
  const ids = take(ID, ([id]) => id.toLowerCase());
  const phones = take(PHONE, ([, digits = ""]) => digits.replace(/\D/g, ""));
  const codes = take(CODE, ([code]) => code);
  return { phones, ids, codes };
}
