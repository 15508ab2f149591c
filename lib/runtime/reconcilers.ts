import "server-only";
import { reconcileChunk } from "@/lib/keys/recovery/reconcile-chunk";
import { reconcileOperation } from "@/lib/operations/reconcile/reconcile-operation";
import type { Reconcilers } from "@/lib/operations/reconcile/reconcilers";

/** How an unknown operation of each kind is found out: by its cards' balances, its card's presence, the keys listed. */
export const reconcilers: Reconcilers = {
  transfer: reconcileOperation,
  destroy: reconcileOperation,
  generate: reconcileChunk,
};
