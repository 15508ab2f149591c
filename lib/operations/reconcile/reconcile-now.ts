import "server-only";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { ATTRIBUTE, withSpan } from "@/lib/core/tracing";
import { operation } from "@/lib/db/schema";
import { openOperation } from "../journal/open-operation";
import type { Kinds } from "../operation-kind";
import { type OperationView, viewOperation } from "../read/view-operation";
import type { getOperationSchema } from "../schemas";

type Input = { ctx: Ctx; input: z.output<typeof getOperationSchema>; kinds: Kinds };

/** Take one more reading now, and let it decide if it can. Throws UpstreamError if it could not be taken. */
export async function reconcileNow({ ctx, input, kinds }: Input): Promise<OperationView> {
  const load = async () => {
    const [found] = await ctx.db.select().from(operation).where(eq(operation.id, input.operationId));
    return found && openOperation(found);
  };
  const row = await load();
  if (!row) throw new AppError("not_found");
  const kind = kinds[row.kind];
  const attributes = { [ATTRIBUTE.operationId]: row.id, [ATTRIBUTE.operationKind]: row.kind };
  if (row.state === "unknown") await withSpan("operation.reconcile", attributes, () => kind.reconcile(ctx, row));
  return viewOperation(kind, (await load()) ?? row);
}
