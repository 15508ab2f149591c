/** Up to so many cards a total is exact, whatever was filtered. */
export const COUNTED = 100_000;

/** Up to so many cards that match a text are summed up. */
export const SUMMED = 20_000;

/** Up to so many cards that match a text are counted with the page itself. */
export const FEW = 10_000;

/** The same of nicknames that are spoken like a text: their cards are looked up one by one. */
export const FEW_SPOKEN = 3_000;

/** Where a text matches many cards, a page is looked for among so many of the order's first. */
export const WALKED = 20_000;
