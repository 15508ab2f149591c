/** 0 day, 1 week, 2 month, 3 quarter, 4 year, 5 permanent. */
export const KEY_TYPES = [0, 1, 2, 3, 4, 5] as const;
export type KeyType = (typeof KEY_TYPES)[number];
export const isKeyType = (value: unknown): value is KeyType => KEY_TYPES.some((type) => type === value);
