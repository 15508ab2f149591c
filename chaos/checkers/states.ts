import { FINAL_STATES } from "../../lib/operations/types.ts";
import type { Check, Operation } from "../history/history.ts";

export const allDecided: Check = {
  name: "nothing stays unknown, open or locked",
  run: ({ operations, locks, batches }) => {
    const begun = operations.filter(({ state }) => state !== "draft");
    return {
      examined: begun.length,
      violations: [
        ...begun
          .filter(({ state }) => !FINAL_STATES.includes(state))
          .map(({ id, state }) => `operation ${id} is ${state}`),
        ...locks
          .filter(({ open }) => open)
          .map(({ cardId, operationId }) => `card ${cardId} is locked by ${operationId}`),
        ...batches
          .filter(({ state }) => state !== "done" && state !== "cancelled")
          .map(({ id, state }) => `batch ${id} is ${state}`),
      ],
    };
  },
};

/** What may stand in the audit of one operation, in order. */
const CHAINS = new Set([
  "confirmed not_sent",
  "confirmed done",
  "confirmed refused",
  "confirmed unknown applied",
  "confirmed unknown not_applied",
  "confirmed unknown settled",
]);

export const chainsLegal: Check = {
  name: "every operation's audit tells one legal chain of states, ending in its own",
  run: ({ operations, audits }) => {
    const byTarget = Map.groupBy(
      audits.filter(({ action }) => action.startsWith("operation.")),
      ({ targetId }) => targetId ?? "",
    );
    const begun = operations.filter(({ state }) => state !== "draft");
    const violations = begun.flatMap((row) => {
      const rows = (byTarget.get(row.id) ?? []).toSorted((a, b) => a.id - b.id);
      const chain = rows.map(({ action }) => action.slice("operation.".length)).join(" ");
      const legal = CHAINS.has(chain) && chain.endsWith(` ${row.state}`);
      return legal ? [] : [`operation ${row.id} is ${row.state}, its audit says "${chain}"`];
    });
    const known = new Set(begun.map(({ id }) => id));
    for (const id of byTarget.keys())
      if (!known.has(id)) violations.push(`audit of operation ${id}, which is not there`);
    return { examined: begun.length, violations };
  },
};

/** A destroy's and a transfer's journal row carries what was read just before the call. */
export const baselinesKept: Check = {
  name: "every sent operation on cards has its baseline, once",
  run: ({ operations }) => {
    const sent = operations.filter(({ kind, sentAt }) => sentAt !== null && kind !== "generate");
    const violations = sent
      .filter(({ baselines }) => baselines !== 1)
      .map(({ id, baselines }) => `operation ${id} has ${baselines}`);
    return { examined: sent.length, violations };
  },
};

export const oneAtATime: Check = {
  name: "never two in flight for one card",
  run: ({ operations }) => {
    const sent = operations.filter((row): row is Operation & { sentAt: number } => row.sentAt !== null);
    const byCard = Map.groupBy(
      sent.flatMap((row) => cardsOf(row).map((cardId) => ({ cardId, row }))),
      ({ cardId }) => cardId,
    );
    const violations: string[] = [];
    for (const [cardId, touching] of byCard) {
      const inOrder = touching.map(({ row }) => row).toSorted((a, b) => a.sentAt - b.sentAt);
      for (const [i, row] of inOrder.entries()) {
        const before = inOrder[i - 1];
        if (before && (before.finishedAt ?? Number.POSITIVE_INFINITY) > row.sentAt)
          violations.push(`card ${cardId}: ${row.id} was sent before ${before.id} was decided`);
      }
    }
    return { examined: byCard.size, violations };
  },
};

function cardsOf({ params }: Operation): string[] {
  if (params.kind === "transfer") return [params.source.id, params.target.id];
  return params.kind === "destroy" ? [params.card.id] : [];
}
