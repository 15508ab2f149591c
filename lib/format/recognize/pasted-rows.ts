/** A longer line is read in pieces, so that no text takes long; nothing that can be looked up is as long. */
const LONGEST = 500;
const BREAKS = /[\s,;，；、|/]/;

/** A line of a paste that is not blank. */
export type PastedRow = {
  /** From 1, as in the text: blank lines count, pieces of one line have its number. */
  line: number;
  text: string;
  /** TABs before the text: as many empty cells of a spreadsheet. */
  indent: string;
};

/** The lines of a text that are not blank; one that is very long in pieces, broken between its parts. */
export const pastedRows = (text: string): PastedRow[] =>
  text.split(/\r\n|[\n\r\u2028\u2029]/).flatMap((line, index) =>
    piecesOf(line).map((piece, place) => ({
      line: index + 1,
      text: piece,
      indent: place === 0 ? indentOf(line) : "",
    })),
  );

const indentOf = (line: string): string => line.slice(0, line.length - line.trimStart().length).replace(/[^\t]/g, "");

function piecesOf(line: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  while (from < line.length) {
    let to = Math.min(line.length, from + LONGEST);
    // The last break before the end; a part that is longer than a piece has none, and is nothing anyway.
    if (to < line.length) while (to > from + 1 && !BREAKS.test(line.charAt(to - 1))) to--;
    if (to <= from + 1) to = Math.min(line.length, from + LONGEST);
    const piece = line.slice(from, to).trim();
    if (piece !== "") pieces.push(piece);
    from = to;
  }
  return pieces;
}
