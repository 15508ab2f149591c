/**
 * Text that PostgreSQL can store in text and jsonb: NUL and lone surrogates become U+FFFD. Replaced, not removed, so
 * that two different ids never become the same.
 */
export const storableText = (text: string): string => text.toWellFormed().replaceAll("\0", "\ufffd");
