/** One bound and what was measured of it. */
export type Measured = {
  what: string;
  /** A median, unless `what` says otherwise. */
  value: number;
  /** The value may be this and no more. */
  bound: number;
  unit: "ms" | "kB" | "MB" | "×" | "rows";
};

export const passes = ({ value, bound }: Measured): boolean => value <= bound;
