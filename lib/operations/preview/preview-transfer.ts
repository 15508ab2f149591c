import "server-only";
import type { z } from "zod";
import { readCardsLive } from "@/lib/cards";
import type { Card } from "@/lib/cards/types";
import { type Problem, transferProblems } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { readSettings } from "@/lib/settings";
import { type CardSide, cardSide } from "../card-side";
import { snapshot } from "../journal/card-snapshot";
import { createDraft, type Draft } from "../journal/create-draft";
import { cardHolders } from "../journal/lock-cards";
import type { previewTransferSchema } from "../schemas";

export type Side = { card: CardSide; after: number | null };
export type Holder = { cardId: string; operationId: string; kind: string; actorName: string };

/** Both sides before → after. Without `draft` it can't be done, and `problems` or `holders` say why. */
export type TransferPreview = {
  source: Side;
  target: Side;
  amount: number;
  problems: Problem[];
  holders: Holder[];
  draft: Draft | null;
  /** Large enough (setting) that the person types the amount before confirming. */
  typeToConfirm: boolean;
};

/** Read both cards live, say what a transfer would do, and store it as a draft if it is allowed. */
export async function previewTransfer({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof previewTransferSchema>;
}): Promise<TransferPreview> {
  const [source, target] = await readCardsLive(ctx, [input.sourceId, input.targetId]);
  if (!source) throw new AppError("not_found", "card_gone", { fields: { sourceId: "card_gone" } });
  if (!target) throw new AppError("not_found", "card_gone", { fields: { targetId: "card_gone" } });

  const problems = transferProblems({ source, target, amount: input.amount });
  const [holders, { typed_phrase }] = await Promise.all([
    findHolders(ctx, [source.id, target.id]),
    readSettings({ ctx }),
  ]);
  const params = {
    kind: "transfer" as const,
    source: snapshot(source),
    target: snapshot(target),
    amount: input.amount,
  };
  const allowed = problems.length === 0 && holders.length === 0;
  return {
    source: { card: cardSide(snapshot(source)), after: plus(source, -input.amount) },
    target: { card: cardSide(snapshot(target)), after: plus(target, input.amount) },
    amount: input.amount,
    problems,
    holders,
    draft: allowed ? await createDraft(ctx, params, input.retryOf ?? null) : null,
    typeToConfirm: input.amount >= typed_phrase.transferCalls,
  };
}

const plus = (card: Card, amount: number): number | null =>
  typeof card.balance === "number" && card.balance + amount >= 0 ? card.balance + amount : null;

/** The operations that hold any of these cards. */
export async function findHolders(ctx: Ctx, cardIds: readonly string[]): Promise<Holder[]> {
  return cardHolders(ctx.db, cardIds);
}
