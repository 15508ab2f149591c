/** What a user's name is made of: it begins with a letter or a digit. */
export const USERNAME = /^[\p{L}\p{N}][\p{L}\p{N}._@-]*$/u;
