import "server-only";
import { lookAtChunk } from "@/lib/batches/look-at-chunk";
import { lookAtOperation } from "@/lib/operations/look-at-operation";
import type { Lookers } from "@/lib/operations/lookout";

/** How an unknown operation of each kind is found out: by its cards' balances, its card's presence, the keys listed. */
export const lookers: Lookers = { transfer: lookAtOperation, destroy: lookAtOperation, generate: lookAtChunk };
