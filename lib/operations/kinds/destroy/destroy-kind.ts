import "server-only";
import { espai } from "@/lib/upstream";
import { cardSide } from "../../card-side";
import type { OperationRow } from "../../journal/transition-operation";
import { type ConfirmableKind, type ObservableKind, paramsOf } from "../../operation-kind";
import { reconcileByReading } from "../../reconcile/reconcile-by-reading";
import { readAfterRefusal } from "../read-after-refusal";
import { applyDestroy } from "./apply-destroy";
import { decideDestroy } from "./decide-destroy";
import { readPresence } from "./read-presence";
import { revalidateDestroy } from "./revalidate-destroy";

const params = (row: Pick<OperationRow, "params">) => paramsOf("destroy", row);

/** Destroy one empty quota card. An unknown outcome shows in whether the card is still listed. */
export const destroyKind: ConfirmableKind<null, "destroy"> & ObservableKind<"destroy"> = {
  name: "destroy",
  retryable: true,
  lockedCards: (row) => [{ cardId: params(row).card.id, role: "source" }],
  stakeOf: (draft, { typed_phrase, reason_required }) => {
    const { balance } = params(draft).card;
    const cards = draft.previewedTogether ?? 1;
    // A balance nobody can count is more than any number.
    const calls = typeof balance === "number" ? balance : Number.POSITIVE_INFINITY;
    const toType = cards >= typed_phrase.destroyCards ? cards : null;
    return { calls, toType, needsNote: cards >= reason_required.cards };
  },
  dailyUse: () => ({ measure: "cardsDestroyed", asked: 1 }),
  summarize: (row) => ({ source: cardSide(params(row).card) }),
  revalidate: (ctx, intent) => revalidateDestroy(ctx, params(intent)),
  upstream: "espai",
  send: (row) => espai().destroyCard(params(row).card.id),
  applyOutcome: async (tx, _ctx, row, outcome) => {
    if (outcome.kind === "done") await applyDestroy(tx, row, params(row), outcome.trace.endedAt);
  },
  checkRefusal: (ctx, row, reason) =>
    readAfterRefusal(ctx, destroyKind, row, (verdict) => {
      if (verdict === "applied") return reason === "card_not_found";
      return verdict === "pending";
    }),
  // A card that is gone is in no reading, so the mirror learns of it here.
  applyResolved: (tx, row, at) => applyDestroy(tx, row, params(row), at),
  reconcile: (ctx, row) => reconcileByReading(ctx, destroyKind, row),
  takeReading: (ctx, row) => readPresence(ctx, params(row)),
  decide: ({ reading, quietPeriodOver }) =>
    reading.kind === "presence" ? decideDestroy({ ...reading, quietPeriodOver }) : "undecided",
};
