/** Rows that fill an ordinary window: as many come with a page's HTML. */
export const FIRST_ROWS = 20;
