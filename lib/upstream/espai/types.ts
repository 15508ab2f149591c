/** A quota card as the console knows it. Upstream words stop at lib/upstream/espai. */
export type Card = {
  /** 32 hex. */
  id: string;
  /** 8 characters, case-sensitive. */
  code: string;
  /** As the upstream says it: "0" trial, "1".."5" paid, anything else unknown and never treated as paid. */
  type: string;
  /** Calls left, an integer ≥ 0; "unlimited" is not a number; null is unknown and shown as —, never 0. */
  balance: Balance;
  /** Owner; null until redeemed. */
  userId: string | null;
  phone: string | null;
  userName: string | null;
  createdAt: Date | null;
  updatedAt: Date | null;
};

export type Balance = number | "unlimited" | null;
