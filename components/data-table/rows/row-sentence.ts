/** A character no message and no name has. */
const PLACE = "\uE000";

/**
 * A message with a row's name in it, formatted once for all rows: formatting it for each costs more than the rest of
 * the row.
 */
export function rowSentence(write: (label: string) => string): (label: string) => string {
  const [before = "", ...after] = write(PLACE).split(PLACE);
  return (label) => before + after.map((part) => label + part).join("");
}
