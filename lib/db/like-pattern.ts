import "server-only";

/** A LIKE pattern for "has this in it": what is typed is searched for as it is, no wildcards. */
export const contains = (text: string): string => `%${literally(text.trim())}%`;

/** A LIKE pattern for "begins with this". */
export const beginsWith = (text: string): string => `${literally(text.trim())}%`;

const literally = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
