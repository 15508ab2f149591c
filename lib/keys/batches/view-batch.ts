import "server-only";
import type { BatchState } from "../types";
import type { Progress } from "./count-progress";
import type { BatchRow } from "./transition-batch";

/** A batch as a screen may know it. Numbers are keys; every count is a count of rows. */
export type BatchView = {
  id: string;
  keyType: number;
  wanted: number;
  note: string;
  state: BatchState;
  /** A code under "keys.paused". */
  pausedReason: string | null;
  /** The upstream's own message. */
  pausedDetails: string | null;
  /** How far its clock was ahead of ours, ms, if the batch paused for that and it could be measured. */
  pausedClockOffsetMs: number | null;
  createdByName: string;
  createdAt: string;
  finishedAt: string | null;
  recorded: number;
  inFlight: number;
  unknown: number;
  /** Of `unknown`: asked for in calls that the upstream refused, and asked for again when a person resumes the batch. */
  refused: number;
  /** Asked for again, though it is not proven yet that the refused calls did not make them. */
  released: number;
  remaining: number;
};

export function viewBatch(row: BatchRow, progress: Progress): BatchView {
  return {
    id: row.id,
    keyType: row.keyType,
    wanted: row.wanted,
    note: row.note,
    state: row.state,
    pausedReason: row.pausedReason,
    pausedDetails: row.pausedDetails,
    pausedClockOffsetMs: row.pausedClockOffsetMs,
    createdByName: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    ...progress,
    remaining: Math.max(0, row.wanted - progress.recorded - progress.unknown),
  };
}
