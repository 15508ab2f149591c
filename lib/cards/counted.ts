/** Up to so many cards a total is exact, whatever was filtered. */
export const COUNTED = 100_000;

/** Up to so many cards that match a text are counted with the page itself. */
export const FEW = 20_000;
