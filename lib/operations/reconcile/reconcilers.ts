import "server-only";
import type { Ctx } from "@/lib/context";
import type { OperationRow } from "../journal/transition-operation";

/** How an unknown operation of each kind is found out: one reading a call, which decides if it can. */
export type Reconcilers = Record<OperationRow["kind"], (ctx: Ctx, row: OperationRow) => Promise<void>>;
