import "server-only";
import type { z } from "zod";
import { readCardsLive } from "@/lib/cards";
import { destroyProblems, type Problem } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import { readSettings } from "@/lib/settings";
import { type CardSide, cardSide } from "../../card-side";
import { createDraft, type Draft } from "../../confirm/create-draft";
import { findLockOwners, type LockOwner } from "../../journal/lock-cards";
import type { previewDestroySchema } from "../../schemas";
import { snapshot } from "../card-snapshot";
import { destroyKind } from "./destroy-kind";

/** One card of the preview. `card` is null if the upstream lists it no more; without `draft` it can't be destroyed. */
export type DestroyPreviewRow = {
  cardId: string;
  card: CardSide | null;
  problems: Problem[];
  lockOwner: LockOwner | null;
  draft: Draft | null;
};
export type DestroyPreview = {
  rows: DestroyPreviewRow[];
  ready: number;
  /** Enough cards (setting) that a phrase must be typed before confirming. */
  typeToConfirm: boolean;
  /** Enough cards (setting) that a note must be given before confirming. */
  noteRequired: boolean;
};

type Input = { ctx: Ctx; input: z.output<typeof previewDestroySchema> };

/** Read each card live and store a draft for each that may be destroyed: paid, balance exactly 0, not locked. */
export async function previewDestroy({ ctx, input }: Input): Promise<DestroyPreview> {
  const ids = [...new Set(input.cardIds)];
  const links = ids.length === 1 ? { retryOf: input.retryOf, mergeOf: input.mergeOf } : {};
  const cards = await readCardsLive(ctx, ids);
  const lockOwners = await findLockOwners(ctx.db, ids);
  const found = ids.map((cardId, i) => {
    const card = cards[i] ?? null;
    const lockOwner = lockOwners.find((owner) => owner.cardId === cardId) ?? null;
    const problems: Problem[] = card ? destroyProblems(card) : [{ key: "gone" }];
    return { cardId, card: card && snapshot(card), problems, lockOwner, allowed: problems.length === 0 && !lockOwner };
  });
  const ready = found.filter(({ allowed }) => allowed).length;
  const rows = await Promise.all(
    found.map(async ({ card, allowed, ...row }): Promise<DestroyPreviewRow> => {
      if (!card) return { ...row, card: null, draft: null };
      const params = { kind: "destroy" as const, card };
      const draft = { ctx, kind: destroyKind, params, links, words: input, previewedTogether: ready };
      return { ...row, card: cardSide(card), draft: allowed ? await createDraft(draft) : null };
    }),
  );
  const { typed_phrase, reason_required } = await readSettings({ ctx });
  const typeToConfirm = ready >= typed_phrase.destroyCards;
  return { rows, ready, typeToConfirm, noteRequired: ready >= reason_required.cards };
}
