import "server-only";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { ATTRIBUTE, withSpan } from "@/lib/core/tracing";
import { operation } from "@/lib/db/schema";
import { openParams, sealParams } from "../journal/sealed-params";
import { type OperationParams, RETRYABLE_STATES } from "../operation";
import type { ConfirmableKind } from "../operation-kind";
import { assertMergeDone } from "./assert-merge-done";
import { assertNotRestored } from "./assert-not-restored";
import { assertReversible } from "./assert-reversible";

/** A preview can be confirmed this long. */
const DRAFT_MS = 10 * 60_000;

export type Draft = { operationId: string; expiresAt: string };

type Input<T> = {
  ctx: Ctx;
  kind: ConfirmableKind<T>;
  params: OperationParams;
  /** How it belongs to other operations. */
  links: Links;
  /** The user's words for it. */
  words: Words;
  /** How many drafts the same preview makes. */
  previewedTogether?: number;
};

export type Links = {
  /** The operation this one repeats. */
  retryOf?: string | undefined;
  /** The transfer this one gives back. */
  reverses?: string | undefined;
  /** It moves all there is. */
  merges?: boolean | undefined;
  /** The merging transfer that emptied the card this one destroys. */
  mergeOf?: string | undefined;
};

type Words = { note?: string | null | undefined; reference?: string | null | undefined };

/**
 * Store what a preview showed as a draft. Its id is what the browser sends back, none of its values. Throws AppError
 * "not_configured" without APP_KEYS.
 */
export function createDraft<T>(call: Input<T>): Promise<Draft> {
  const attributes = { [ATTRIBUTE.operationKind]: call.kind.name };
  return withSpan("operation.preview", attributes, async (set) => {
    const draft = await storeDraft(call);
    set({ [ATTRIBUTE.operationId]: draft.operationId });
    return draft;
  });
}

async function storeDraft<T>({ ctx, kind, params, links, words, previewedTogether = 1 }: Input<T>): Promise<Draft> {
  const { retryOf, merges = false } = links;
  // What a failed one was a part of, its retry is a part of: otherwise both could be done in its place.
  const first = retryOf ? await readRetryable(ctx, kind, params, retryOf) : null;
  const reverses = first?.reverses ?? links.reverses;
  const mergeOf = first?.mergeOf ?? links.mergeOf;
  // The schema refuses both; a retry brings its reversal along.
  if (reverses && merges) throw new AppError("bad_input", "bad_choice", { fields: { merges: "bad_choice" } });
  if (reverses) await assertReversible(ctx, params, reverses);
  if (mergeOf) await assertMergeDone(ctx, params, mergeOf);
  const id = randomUUID();
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + DRAFT_MS);
  await ctx.db.insert(operation).values({
    id,
    kind: kind.name,
    state: "draft",
    ...sealParams(id, params),
    actorId: ctx.actor.id,
    actorName: ctx.actor.name,
    requestId: ctx.requestId,
    createdAt: now,
    expiresAt,
    retryOf: retryOf ?? null,
    reverses: reverses ?? null,
    merges,
    mergeOf: mergeOf ?? null,
    note: words.note ?? null,
    reference: words.reference ?? null,
    previewedTogether,
  });
  return { operationId: id, expiresAt: expiresAt.toISOString() };
}

/**
 * A retry is the same kind on the same cards, and only of an operation that certainly changed nothing. Other parameters
 * may differ: a transfer may be retried with less.
 */
async function readRetryable<T>(
  ctx: Ctx,
  { name, lockedCards }: ConfirmableKind<T>,
  params: OperationParams,
  retryOf: string,
): Promise<Pick<typeof operation.$inferSelect, "reverses" | "mergeOf">> {
  const { kind, state, createdAt, params: stored, sealed, reverses, mergeOf } = operation;
  const [first] = await ctx.db
    .select({ kind, state, createdAt, params: stored, sealed, reverses, mergeOf })
    .from(operation)
    .where(eq(operation.id, retryOf));
  const cardsOf = (row: { params: OperationParams }) => JSON.stringify(lockedCards(row));
  const isSame = first?.kind === name && cardsOf({ params: openParams(retryOf, first) }) === cardsOf({ params });
  if (!first || !isSame) throw new AppError("not_found");
  if (!RETRYABLE_STATES.includes(first.state)) throw new AppError("conflict", "not_retryable");
  await assertNotRestored(ctx, first);
  return { reverses: first.reverses, mergeOf: first.mergeOf };
}
