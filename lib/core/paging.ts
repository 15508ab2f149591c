/** Rows a page may have. */
export const PAGE_SIZES = [20, 50, 100, 200] as const;

/** A page past the end is empty or clamped; a number above this is refused. */
export const MAX_PAGE = 1_000_000;
