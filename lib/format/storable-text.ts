/**
 * Text that PostgreSQL can hold in text and jsonb: NUL and half a surrogate pair become U+FFFD. Replaced and not left
 * out, so that two different ids never become the same.
 */
export const storableText = (text: string): string => text.toWellFormed().replaceAll("\0", "\ufffd");
