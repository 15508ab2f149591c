/** What people are told of. In the order they are shown. */
export const ALERT_RULES = [
  "amount",
  "points",
  "days_left",
  "keys_left",
  "unknown_age",
  "undecided",
  "upstream_away",
  "mirror_age",
  "drift",
  "backup_age",
  "disk",
] as const;
export type AlertRule = (typeof ALERT_RULES)[number];

/** Which side of the threshold is bad: less than it, or it and more. */
export const ALERT_SIDE: Record<AlertRule, "below" | "from"> = {
  amount: "below",
  points: "below",
  days_left: "below",
  keys_left: "below",
  unknown_age: "from",
  undecided: "from",
  upstream_away: "from",
  mirror_age: "from",
  drift: "from",
  backup_age: "from",
  disk: "below",
};
