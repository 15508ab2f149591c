import "server-only";
import type { z } from "zod";
import { readCardsLive } from "@/lib/cards";
import { destroyProblems, type Problem } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import { readSettings } from "@/lib/settings";
import { type CardSide, cardSide } from "../card-side";
import { snapshot } from "../journal/card-snapshot";
import { createDraft, type Draft } from "../journal/create-draft";
import type { previewDestroySchema } from "../schemas";
import { findHolders, type Holder } from "./preview-transfer";

/** One card of the preview. `card` is null if the upstream lists it no more; without `draft` it can't be destroyed. */
export type DestroyPreviewRow = {
  cardId: string;
  card: CardSide | null;
  problems: Problem[];
  holder: Holder | null;
  draft: Draft | null;
};
export type DestroyPreview = {
  rows: DestroyPreviewRow[];
  ready: number;
  /** Enough cards (setting) that the person types a phrase before confirming. */
  typeToConfirm: boolean;
};

/** Read each card live and store a draft for each that may be destroyed: paid, balance exactly 0, held by nobody. */
export async function previewDestroy({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof previewDestroySchema>;
}): Promise<DestroyPreview> {
  const ids = [...new Set(input.cardIds)];
  const cards = await readCardsLive(ctx, ids);
  const holders = await findHolders(ctx, ids);
  const rows = await Promise.all(
    ids.map(async (cardId, i): Promise<DestroyPreviewRow> => {
      const card = cards[i] ?? null;
      const holder = holders.find((h) => h.cardId === cardId) ?? null;
      if (!card) return { cardId, card: null, problems: [{ key: "gone" }], holder, draft: null };
      const problems = destroyProblems(card);
      const params = { kind: "destroy" as const, card: snapshot(card) };
      const allowed = problems.length === 0 && !holder;
      const draft = allowed ? await createDraft(ctx, params, ids.length === 1 ? (input.retryOf ?? null) : null) : null;
      return { cardId, card: cardSide(snapshot(card)), problems, holder, draft };
    }),
  );
  const ready = rows.filter((row) => row.draft).length;
  const { typed_phrase } = await readSettings({ ctx });
  return { rows, ready, typeToConfirm: ready >= typed_phrase.destroyCards };
}
