/** Up to so many cards a total is exact, whatever was filtered. */
export const COUNTED = 100_000;

/** Up to so many cards that match a text are summed up. */
export const SUMMED = 20_000;

/** Up to so many cards that match a text are counted with the page itself; so many nicknames that are spoken like it, too. */
export const FEW = 10_000;

/** With more of those, so many are looked up to tell that there are at least so many. */
export const SPOKEN_AT_LEAST = 1_000;

/** Where a text matches many cards, a page is looked for among so many of the order's first. */
export const WALKED = 20_000;

/** The same where only letters and digits of a nickname are asked for: to know all that are spoken so costs less then. */
export const WALKED_SPOKEN = 10_000;

/** A page of those beyond this row is read with all of them known: to walk there costs more. */
export const NEAR_SPOKEN = 500;
