import "server-only";
import type { Ctx } from "@/lib/context";
import { readWritesPaused } from "./read-writes-paused";
import type { WritesPaused } from "./schemas";

/** Incident mode for the banner of every page. `paused` null: writes are allowed. */
export type IncidentView = { paused: Omit<WritesPaused, "by"> | null };

export async function readIncident({ ctx }: { ctx: Ctx }): Promise<IncidentView> {
  const paused = await readWritesPaused(ctx.db);
  return { paused: paused && { since: paused.since, byName: paused.byName, reason: paused.reason } };
}
