import { storableText } from "../storable-text";

/** ① numbers an entry of a list: as a plain 1 it would be a digit of the phone or code right behind it. */
const CIRCLED = /[\u2460-\u2473\u24ea\u3251-\u325f\u32b1-\u32bf]/g;

/** A text without what can't be seen or stored, with full-width characters and all dashes as plain ones. */
export const plainText = (text: string): string =>
  storableText(text)
    .replace(CIRCLED, " $& ")
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}|\p{Cf}/gu, "")
    .replace(/[‐-―−]/g, "-")
    .trim();
