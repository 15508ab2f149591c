import "server-only";
import { readCardsLive } from "@/lib/cards";
import type { Ctx } from "@/lib/context";
import { log } from "@/lib/core/log";
import { cardSide } from "../../card-side";
import type { OperationRow } from "../../journal/transition-operation";
import type { Reading } from "../../operation";
import { type ConfirmableKind, type ObservableKind, paramsOf } from "../../operation-kind";
import { reconcileByReading } from "../../reconcile/reconcile-by-reading";
import { readAfterRefusal } from "../read-after-refusal";
import { applyTransfer } from "./apply-transfer";
import { decideFromBalances } from "./decide-from-balances";
import { readBalances } from "./read-balances";
import { revalidateTransfer } from "./revalidate-transfer";
import { sendTransfer } from "./send-transfer";

const params = (row: Pick<OperationRow, "params">) => paramsOf("transfer", row);

/** Move calls from one quota card to another. An unknown outcome shows in the balances of both cards. */
export const transferKind: ConfirmableKind<null, "transfer"> & ObservableKind<"transfer"> = {
  name: "transfer",
  retryable: true,
  lockedCards: (row) => [
    { cardId: params(row).source.id, role: "source" },
    { cardId: params(row).target.id, role: "target" },
  ],
  stakeOf: (draft, { typed_phrase, reason_required }) => {
    const { amount } = params(draft);
    const toType = amount >= typed_phrase.transferCalls ? amount : null;
    return { calls: amount, toType, needsNote: amount >= reason_required.calls };
  },
  dailyUse: (row) => ({ measure: "callsMoved", asked: params(row).amount }),
  summarize: (row) => {
    const { source, target, amount } = params(row);
    return { source: cardSide(source), target: cardSide(target), amount };
  },
  revalidate: (ctx, intent) => revalidateTransfer(ctx, params(intent)),
  upstream: "espai",
  send: (row) => sendTransfer(params(row)),
  applyOutcome: async (tx, _ctx, row, outcome) => {
    if (outcome.kind === "done") await applyTransfer(tx, row, params(row), outcome.trace.endedAt);
  },
  checkRefusal: (ctx, row, reason) =>
    readAfterRefusal(ctx, transferKind, row, (verdict, reading) => {
      if (verdict === "unreadable") return reason === "card_not_found" && isUnmoved(row, reading);
      // Used by as much as was to be moved, the cards may look as they would after the transfer: that proves no refusal.
      return verdict === "pending";
    }),
  afterDone: rereadCards,
  // The readings that found it out are in the mirror already; whose change it was is told here.
  applyResolved: (tx, row) => applyTransfer(tx, row, params(row), null),
  reconcile: (ctx, row) => reconcileByReading(ctx, transferKind, row),
  takeReading: (ctx, row) => readBalances(ctx, params(row)),
  decide: ({ row, reading, quietPeriodOver }) => {
    const { amount } = params(row);
    return decideFromBalances({ baseline: row.baseline, amount, reading, quietPeriodOver });
  },
};

/** Of a pair of which a card is gone, the other one does not look as if it had given or got the calls. */
function isUnmoved(row: OperationRow, reading: Reading): boolean {
  const { baseline } = row;
  if (baseline?.kind !== "balances" || reading.kind !== "balances") return false;
  const { source: s, target: t } = reading;
  const given =
    typeof s === "number" && (typeof baseline.source !== "number" || s <= baseline.source - params(row).amount);
  const got = typeof t === "number" && (typeof baseline.target !== "number" || t > baseline.target);
  return !given && !got;
}

/** The answer has no balances: the mirror shows what follows from it at once, and the true ones right after. */
function rereadCards(ctx: Ctx, row: OperationRow): void {
  const { source, target } = params(row);
  readCardsLive(ctx, [source.id, target.id]).catch((error: unknown) =>
    log().info({ operation: row.id, err: error }, "could not re-read after a transfer; the next sync will"),
  );
}
