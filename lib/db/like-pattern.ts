import "server-only";

/** A LIKE pattern for "contains". The text is literal, without wildcards. */
export const contains = (text: string): string => `%${literally(text.trim())}%`;

/** A LIKE pattern for "starts with". */
export const beginsWith = (text: string): string => `${literally(text.trim())}%`;

/** A LIKE pattern for "ends with". */
export const endsWith = (text: string): string => `%${literally(text.trim())}`;

/** A LIKE pattern for "is", in which case does not matter to ILIKE. */
export const equals = (text: string): string => literally(text.trim());

const literally = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
