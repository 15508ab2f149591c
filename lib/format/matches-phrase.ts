/**
 * Whether the typed text is the phrase, however it was typed: full-width or half-width, with spaces anywhere, a number
 * with or without separators.
 */
export const matchesPhrase = (typed: string, phrase: string): boolean => plain(typed) === plain(phrase);

const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/\s/g, "")
    .replace(/(?<=\d)[,_'](?=\d)/g, "");
