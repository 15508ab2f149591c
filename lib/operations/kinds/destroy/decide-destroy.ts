import type { Verdict } from "../../operation-kind";

type Input = {
  byId: boolean;
  inFullList: boolean | null;
  /** The reading was begun at least the quiet period after the call ended. */
  quietPeriodOver: boolean;
};

/**
 * A destroyed card is gone from the list by id and from the full list; both must say so. Still listed means "not so
 * far", and final only in a reading at least the quiet period after the call ended.
 */
export function decideDestroy({ byId, inFullList, quietPeriodOver }: Input): Verdict {
  if (!byId && inFullList === false) return "applied";
  if (byId) return quietPeriodOver ? "not_applied" : "pending";
  return "undecided";
}
