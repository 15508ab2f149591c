import "server-only";
import { eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { operation } from "@/lib/db/schema";
import { type OperationView, viewOperation } from "../read/view-operation";
import type { Reconcilers } from "./reconcilers";

/** Take one more reading now, and let it decide if it can. Throws UpstreamError if it could not be taken. */
export async function reconcileNow({
  ctx,
  input,
  reconcilers,
}: {
  ctx: Ctx;
  input: { operationId: string };
  reconcilers: Reconcilers;
}): Promise<OperationView> {
  const load = async () => (await ctx.db.select().from(operation).where(eq(operation.id, input.operationId)))[0];
  const row = await load();
  if (!row) throw new AppError("not_found");
  if (row.state === "unknown") await reconcilers[row.kind](ctx, row);
  return viewOperation((await load()) ?? row);
}
