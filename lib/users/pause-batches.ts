import "server-only";
import type { Ctx } from "@/lib/context";
import type { Tx } from "@/lib/db/client";

/**
 * Pause what a user began, in the caller's transaction and after their row was locked. Returns how many batches. Users
 * know nothing of batches, so whoever takes a role away hands this in (`pauseBatchesOf` in lib/keys).
 */
export type PauseBatches = (tx: Tx, ctx: Ctx, userId: string) => Promise<number>;

/** How many batches of the user were generating, and are paused now. */
export type PausedBatches = { pausedBatches: number };
