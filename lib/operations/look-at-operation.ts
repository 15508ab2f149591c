import "server-only";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { operation, operationReading } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { espai } from "@/lib/upstream/espai/client";
import { decideDestroy } from "./decide-destroy";
import { decideTransfer, type TransferVerdict } from "./decide-transfer";
import { finishUnknown } from "./finish-unknown";
import { isListedInFull } from "./is-listed-in-full";
import type { OperationRow } from "./move-operation";
import { readCardsLive } from "./read-cards-live";
import type { Reading } from "./schemas";

/**
 * Look once at an unknown transfer or destroy: take a reading, keep it as evidence, and conclude what can be concluded.
 * Throws UpstreamError if the reading could not be taken: that decides nothing.
 */
export async function lookAtOperation(ctx: Ctx, row: OperationRow): Promise<void> {
  const reading = await takeReading(ctx, row);
  const at = ctx.now();
  const quiet = at.getTime() - (row.endedAt ?? at).getTime() >= env().QUIET_PERIOD_SECONDS * 1000;
  const verdict = decide(row, reading, quiet);

  await ctx.db.transaction(async (tx) => {
    const [last] = await tx
      .select({ conclusion: operationReading.conclusion })
      .from(operationReading)
      .where(eq(operationReading.operationId, row.id))
      .orderBy(desc(operationReading.id))
      .limit(1);
    await tx.insert(operationReading).values({ operationId: row.id, at, reading, conclusion: verdict });

    if (verdict === "applied" || verdict === "not_applied") {
      await finishUnknown(tx, ctx, row.id, { to: verdict }, { reading });
      return;
    }
    // Two readings of two cards are not one instant: a conflict counts only when the next reading says it again.
    const conflict = verdict === "conflict" && last?.conclusion === "conflict";
    const needsPerson = conflict ? "conflict" : quiet && verdict === "undecided" ? "undecidable" : null;
    await tx
      .update(operation)
      .set({
        ...(verdict === "pending" && reading.kind === "balances" && { baseline: reading }),
        ...(needsPerson && { needsPerson, nextLookAt: null }),
      })
      .where(and(eq(operation.id, row.id), eq(operation.state, "unknown")));
  });
}

/** Target first, then source: a transfer that happens in between then reads as "undecided", never as a conflict. */
async function takeReading(ctx: Ctx, row: OperationRow): Promise<Reading> {
  const { params } = row;
  if (params.kind === "transfer") {
    const [target] = await readCardsLive(ctx, [params.target.id]);
    const [source] = await readCardsLive(ctx, [params.source.id]);
    return { kind: "balances", source: source?.balance ?? null, target: target?.balance ?? null };
  }
  if (params.kind === "destroy") {
    const byId = (await espai().readCardById(params.card.id)) !== null;
    return { kind: "presence", byId, inFullList: byId ? true : await isListedInFull(params.card.id) };
  }
  throw new AppError("internal");
}

function decide(row: OperationRow, reading: Reading, quiet: boolean): TransferVerdict {
  if (row.params.kind === "transfer" && reading.kind === "balances") {
    const source = row.baseline?.kind === "balances" ? row.baseline.source : null;
    const target = row.baseline?.kind === "balances" ? row.baseline.target : null;
    if (typeof source !== "number" || typeof target !== "number") return "undecided";
    return decideTransfer({ source, target }, row.params.amount, reading, quiet);
  }
  if (reading.kind === "presence") return decideDestroy(reading, quiet);
  return "undecided";
}
