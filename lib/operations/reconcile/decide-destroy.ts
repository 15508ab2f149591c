export type Presence = { byId: boolean; inFullList: boolean | null };
export type DestroyVerdict = "applied" | "not_applied" | "pending" | "undecided";

/**
 * A destroyed card is gone from the list by id and from the full list; both must say so. Still listed means "not so
 * far", and final only in a reading at least the quiet period after the call ended.
 */
export function decideDestroy(presence: Presence, quiet: boolean): DestroyVerdict {
  if (!presence.byId && presence.inFullList === false) return "applied";
  if (presence.byId) return quiet ? "not_applied" : "pending";
  return "undecided";
}
