import "server-only";
import { reconcileChunk } from "@/lib/keys";
import type { Reconcilers } from "@/lib/operations";
import { reconcileOperation } from "@/lib/operations";

/** How an unknown operation of each kind is found out: by its cards' balances, its card's presence, the keys listed. */
export const reconcilers: Reconcilers = {
  transfer: reconcileOperation,
  destroy: reconcileOperation,
  generate: reconcileChunk,
};
