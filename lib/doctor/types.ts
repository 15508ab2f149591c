export const CHECK_STATES = ["ok", "warn", "fail"] as const;
export type CheckState = (typeof CHECK_STATES)[number];

/** What was checked: message keys under "health.check". */
export type CheckId =
  | "variables"
  | "port"
  | "disk"
  | "database"
  | "durability"
  | "roles"
  | "schema"
  | "queue"
  | "writes"
  | "undecided"
  | "upstream"
  | "keys"
  | "clock"
  | "mirror"
  | "audit"
  | "backup"
  | "restore";

/** What can be said of it: message keys under "health.checkSays", with what to do where there is something to do. */
export const CHECK_SAYS = [
  "variables_ok",
  "variables_bad",
  "port_free",
  "port_ours",
  "port_taken",
  "disk_ok",
  "disk_short",
  "database_ok",
  "database_old",
  "database_no_trigrams",
  "database_away",
  "durability_ok",
  "durability_off",
  "durability_async",
  "durability_unknown",
  "roles_ok",
  "roles_one",
  "schema_ok",
  "schema_older",
  "schema_newer",
  "queue_ok",
  "queue_failed",
  "writes_ok",
  "writes_paused",
  "undecided_none",
  "undecided_some",
  "upstream_ok",
  "upstream_away",
  "upstream_none",
  "clock_ok",
  "clock_off",
  "keys_ok",
  "keys_stale",
  "keys_untried",
  "keys_failing",
  "mirror_ok",
  "mirror_old",
  "mirror_never",
  "audit_ok",
  "audit_cut",
  "audit_unnumbered",
  "audit_no_head",
  "backup_ok",
  "backup_unproven",
  "backup_old",
  "backup_never",
  "backup_failing",
  "restore_differs",
] as const;
export type CheckSays = (typeof CHECK_SAYS)[number];

/** One line of the doctor. Times in `params` are ISO. */
export type Check = {
  id: CheckId;
  state: CheckState;
  says: CheckSays;
  params: Record<string, string | number>;
  upstream?: UpstreamName;
};

export type UpstreamName = "espai" | "potato" | "talkbot";
