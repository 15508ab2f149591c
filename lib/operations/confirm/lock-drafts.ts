import "server-only";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { operation } from "@/lib/db/schema";
import { type OperationRow, openOperation } from "../journal/open-operation";

type Drafts = { ids: readonly string[]; actorId: string };

/** Those of the operations that are drafts of this user, locked in one order until the transaction ends. */
export async function lockDrafts(tx: Tx, { ids, actorId }: Drafts): Promise<OperationRow[]> {
  const own = and(eq(operation.actorId, actorId), eq(operation.state, "draft"));
  const rows = await tx
    .select()
    .from(operation)
    .where(and(inArray(operation.id, [...ids]), own))
    .orderBy(asc(operation.id))
    .for("update");
  return rows.map(openOperation);
}
