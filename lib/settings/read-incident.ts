import "server-only";
import type { Ctx } from "@/lib/context";
import { readDiskSpace } from "@/lib/core/disk-space";
import { allows } from "@/lib/core/roles";
import { unrecordedOutcomes } from "@/lib/process/unrecorded-outcomes";
import { pausedOf, WRITES_PAUSED } from "./read-writes-paused";
import type { WritesPaused } from "./schemas";
import { storedSettings } from "./stored-settings";

/** What stops writes, or puts their outcomes at risk, for the banners of every page. */
export type IncidentView = {
  /** Null: nobody paused writes. */
  paused: Omit<WritesPaused, "by"> | null;
  /** Nothing new is sent: the disk of the database is nearly full. */
  diskShort: boolean;
  /** Outcomes that stand in the memory of the process that answers, and nowhere else. */
  unrecorded: number;
};

/** A pause is for everyone to see; disk and memory are for those who may write. */
export async function readIncident({ ctx }: { ctx: Ctx }): Promise<IncidentView> {
  const row = (await storedSettings(ctx.db)).get(WRITES_PAUSED);
  const paused = row ? pausedOf(row) : null;
  const mayWrite = allows(ctx.actor.role, "operator");
  return {
    paused: paused && { since: paused.since, byName: paused.byName, reason: paused.reason },
    diskShort: mayWrite && readDiskSpace()?.short === true,
    unrecorded: mayWrite ? unrecordedOutcomes() : 0,
  };
}
