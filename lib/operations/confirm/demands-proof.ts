import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { operation } from "@/lib/db/schema";
import { readSettings } from "@/lib/settings";
import { type OperationRow, openOperation } from "../journal/open-operation";
import type { ConfirmableKind } from "../operation-kind";
import type { confirmManySchema } from "../schemas";
import { measureDrafts } from "./measure-drafts";

type Input<T> = { ctx: Ctx; input: Pick<z.output<typeof confirmManySchema>, "operationIds">; kind: ConfirmableKind<T> };

/** Whether confirming these drafts in one request demands a fresh proof, from what is stored of them. */
export async function demandsProof<T>({ ctx, input, kind }: Input<T>): Promise<boolean> {
  const drafts = await ownDrafts(ctx, kind, input.operationIds);
  return measureDrafts(kind, drafts, await readSettings({ ctx })).large;
}

/**
 * Of some ids, what is still a draft of the caller's. The others put nothing at stake: confirming them shows what became
 * of them, or that there is no such preview.
 */
export async function ownDrafts<T>(
  ctx: Ctx,
  kind: ConfirmableKind<T>,
  ids: readonly string[],
): Promise<OperationRow[]> {
  const own = and(eq(operation.actorId, ctx.actor.id ?? ""), eq(operation.kind, kind.name));
  const rows = await ctx.db
    .select()
    .from(operation)
    .where(and(inArray(operation.id, [...ids]), own, eq(operation.state, "draft")));
  return rows.map(openOperation);
}
