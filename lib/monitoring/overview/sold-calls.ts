/** The calls each product is sold with, by card type. The fifth is unlimited and never low. */
export const SOLD_CALLS = { "1": 1_000, "2": 2_200, "3": 5_000, "4": 15_000 } as const;
