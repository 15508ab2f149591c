import "server-only";
import type { z } from "zod";
import { readCardsLive } from "@/lib/cards";
import type { Card } from "@/lib/cards/types";
import { type Problem, transferProblems } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import { readSettings } from "@/lib/settings";
import { type CardSide, cardSide } from "../../card-side";
import { createDraft, type Draft } from "../../confirm/create-draft";
import { noteRequired } from "../../confirm/note-required";
import { findLockOwners, type LockOwner } from "../../journal/lock-cards";
import type { previewTransferSchema } from "../../schemas";
import { snapshot } from "../card-snapshot";
import { transferKind } from "./transfer-kind";

/** A card, and its calls left after the transfer. */
export type Side = { card: CardSide; after: number | null };

/** Both sides before → after. Without `draft` it can't be done, and `problems` or `lockOwners` say why. */
export type TransferPreview = {
  source: Side;
  target: Side;
  amount: number;
  problems: Problem[];
  lockOwners: LockOwner[];
  draft: Draft | null;
  /** Large enough (setting) that the amount must be typed before confirming. */
  typeToConfirm: boolean;
};

type Input = { ctx: Ctx; input: z.output<typeof previewTransferSchema> };

/**
 * Read both cards live, say what a transfer would do, and store it as a draft if it is allowed. A large one needs its note
 * already here: AppError "bad_input" (field `note`).
 */
export async function previewTransfer({ ctx, input }: Input): Promise<TransferPreview> {
  const { typed_phrase, reason_required } = await readSettings({ ctx });
  const needsNote = (calls: number) => calls >= reason_required.calls && !input.note;
  if (input.amount !== undefined && needsNote(input.amount)) throw noteRequired();
  const [source, target] = await readCardsLive(ctx, [input.sourceId, input.targetId]);
  if (!source) throw new AppError("not_found", "card_gone", { fields: { sourceId: "card_gone" } });
  if (!target) throw new AppError("not_found", "card_gone", { fields: { targetId: "card_gone" } });

  const amount = input.amount ?? (typeof source.balance === "number" ? source.balance : 0);
  if (needsNote(amount)) throw noteRequired();
  const problems = transferProblems({ source, target, amount });
  const lockOwners = await findLockOwners(ctx.db, [source.id, target.id]);
  const params = { kind: "transfer" as const, source: snapshot(source), target: snapshot(target), amount };
  const allowed = problems.length === 0 && lockOwners.length === 0;
  return {
    source: { card: cardSide(params.source), after: plus(source, -amount) },
    target: { card: cardSide(params.target), after: plus(target, amount) },
    amount,
    problems,
    lockOwners,
    draft: allowed ? await createDraft({ ctx, kind: transferKind, params, links: input, words: input }) : null,
    typeToConfirm: amount >= typed_phrase.transferCalls,
  };
}

const plus = (card: Card, amount: number): number | null =>
  typeof card.balance === "number" && card.balance + amount >= 0 ? card.balance + amount : null;
