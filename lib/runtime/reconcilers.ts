import "server-only";
import { lookAtChunk } from "@/lib/keys/recovery/reconcile-chunk";
import { lookAtOperation } from "@/lib/operations/reconcile/reconcile-operation";
import type { Reconcilers } from "@/lib/operations/reconcile/reconcilers";

/** How an unknown operation of each kind is found out: by its cards' balances, its card's presence, the keys listed. */
export const reconcilers: Reconcilers = { transfer: lookAtOperation, destroy: lookAtOperation, generate: lookAtChunk };
