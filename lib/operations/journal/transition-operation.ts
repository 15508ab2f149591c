import "server-only";
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import type { OperationState } from "../operation";
import { type OperationRow, openOperation } from "./open-operation";

export type { OperationRow };

type Patch = Partial<Omit<OperationRow, "id" | "kind" | "params" | "state" | "createdAt">>;

/**
 * The only legal transitions. `sent → not_sent` needs the proof that the connection never opened; a final state is never
 * left. A trigger holds the same table (migration "guard"), so a stray update fails in the database too.
 */
const TRANSITIONS: Record<OperationState, readonly OperationState[]> = {
  draft: ["intent"],
  intent: ["sent", "not_sent"],
  sent: ["done", "refused", "not_sent", "unknown"],
  unknown: ["applied", "not_applied", "settled"],
  done: [],
  refused: [],
  not_sent: [],
  applied: [],
  not_applied: [],
  settled: [],
};

const canTransition = (from: OperationState, to: OperationState): boolean => TRANSITIONS[from].includes(to);

/**
 * Take an operation from one state to the next, in the caller's transaction. Returns null if the transition was lost to a
 * concurrent writer: the caller must stop, and send nothing.
 */
export async function transitionOperation(
  tx: Tx,
  id: string,
  from: OperationState,
  to: OperationState,
  patch: Patch = {},
): Promise<OperationRow | null> {
  if (!canTransition(from, to)) throw new Error(`operation: ${from} → ${to} is no legal transition`);
  const [row] = await tx
    .update(operation)
    .set({ ...patch, state: to })
    .where(and(eq(operation.id, id), eq(operation.state, from)))
    .returning();
  return row ? openOperation(row) : null;
}
