import { randomInt } from "node:crypto";

/**
 * A name nobody else has, for a card's nickname, a tag or a note. Of Chinese characters alone: among letters and digits some
 * would be read as a code, a phone or the beginning of an id, and others would not.
 */
export const ownName = (start: string): string =>
  start + String.fromCodePoint(...Array.from({ length: 4 }, () => randomInt(0x4e00, 0x9fa0)));
