/** 32 hex digits as a uuid is written. */
export const uuidOfHex = (hex: string): string =>
  [0, 8, 12, 16, 20].map((from, place, at) => hex.slice(from, at[place + 1])).join("-");

/** The first and the last uuid that begin with these hex digits. */
export const uuidsFrom = (start: string): { first: string; last: string } => ({
  first: uuidOfHex(start.padEnd(32, "0")),
  last: uuidOfHex(start.padEnd(32, "f")),
});
