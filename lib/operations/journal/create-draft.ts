import "server-only";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { operation } from "@/lib/db/schema";
import { type OperationParams, RETRYABLE_STATES } from "../types";
import { lockedCards } from "./lock-cards";

/** A preview can be confirmed this long. */
export const DRAFT_MS = 10 * 60_000;

export type Draft = { operationId: string; expiresAt: string };

/** Store what a preview showed as a draft. Its id is all the browser ever sends back. */
export async function createDraft(ctx: Ctx, params: OperationParams, retryOf: string | null = null): Promise<Draft> {
  if (retryOf) await assertRetryable(ctx, retryOf, params);
  const id = randomUUID();
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + DRAFT_MS);
  await ctx.db.insert(operation).values({
    id,
    kind: params.kind,
    state: "draft",
    params,
    actorId: ctx.actor.id,
    actorName: ctx.actor.name,
    requestId: ctx.requestId,
    createdAt: now,
    expiresAt,
    retryOf,
  });
  return { operationId: id, expiresAt: expiresAt.toISOString() };
}

/** A retry is the same thing on the same cards, as a new operation; only where the first one certainly changed nothing. */
async function assertRetryable(ctx: Ctx, retryOf: string, params: OperationParams): Promise<void> {
  const [first] = await ctx.db
    .select({ state: operation.state, params: operation.params })
    .from(operation)
    .where(eq(operation.id, retryOf));
  if (!first || !isSameIntent(first.params, params)) throw new AppError("not_found");
  if (!RETRYABLE_STATES.includes(first.state)) throw new AppError("conflict", "not_retryable");
}

/** The amount may differ: somebody may retry with less. */
const isSameIntent = (a: OperationParams, b: OperationParams): boolean =>
  a.kind === b.kind && JSON.stringify(lockedCards(a)) === JSON.stringify(lockedCards(b));
