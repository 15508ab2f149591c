// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g;

/**
 * Text as a file may hold it: control characters (TAB and line ends aside) and lone surrogates become U+FFFD. XML forbids
 * them, and spreadsheets end the cell or the file at them. Replaced, not removed, so that one sees that something was there.
 */
export const printable = (text: string): string => text.toWellFormed().replace(UNPRINTABLE, "\ufffd");
