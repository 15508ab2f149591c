import { storableText } from "../storable-text";

/** A text without what can't be seen or stored, with full-width characters and all dashes as plain ones. */
export const plainText = (text: string): string =>
  storableText(text)
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}|\p{Cf}/gu, "")
    .replace(/[‐-―−]/g, "-")
    .trim();
