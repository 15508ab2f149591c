import { FINAL_STATES } from "../../lib/operations/types.ts";
import type { Operation } from "../history/history.ts";
import type { Checker } from "./checker.ts";

export const allResolved: Checker = {
  name: "no operation or batch stays open, no card stays locked",
  check: ({ operations, locks, batches }) => {
    const started = operations.filter(({ state }) => state !== "draft");
    return {
      examined: started.length,
      violations: [
        ...started
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

/** The audit entries one operation may have, in order. */
const VALID_SEQUENCES = new Set([
  "confirmed not_sent",
  "confirmed done",
  "confirmed refused",
  "confirmed unknown applied",
  "confirmed unknown not_applied",
  "confirmed unknown settled",
]);

export const auditSequences: Checker = {
  name: "every operation's audit is one valid sequence of states, ending in its own",
  check: ({ operations, audit }) => {
    const byTarget = Map.groupBy(
      audit.filter(({ action }) => action.startsWith("operation.")),
      ({ targetId }) => targetId ?? "",
    );
    const started = operations.filter(({ state }) => state !== "draft");
    const violations = started.flatMap((row) => {
      const rows = (byTarget.get(row.id) ?? []).toSorted((a, b) => a.id - b.id);
      const sequence = rows.map(({ action }) => action.slice("operation.".length)).join(" ");
      const isValid = VALID_SEQUENCES.has(sequence) && sequence.endsWith(` ${row.state}`);
      return isValid ? [] : [`operation ${row.id} is ${row.state}, its audit says "${sequence}"`];
    });
    const known = new Set(started.map(({ id }) => id));
    for (const id of byTarget.keys())
      if (!known.has(id)) violations.push(`audit of operation ${id}, which does not exist`);
    return { examined: started.length, violations };
  },
};

/** The journal row of a destroy or a transfer carries the reading taken just before the call. */
export const oneBaseline: Checker = {
  name: "every operation sent for a card has exactly one baseline",
  check: ({ operations }) => {
    const sent = operations.filter(({ kind, sentAt }) => sentAt !== null && kind !== "generate");
    const violations = sent
      .filter(({ baselines }) => baselines !== 1)
      .map(({ id, baselines }) => `operation ${id} has ${baselines}`);
    return { examined: sent.length, violations };
  },
};

export const oneInFlight: Checker = {
  name: "a card never has two operations in flight",
  check: ({ operations }) => {
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
          violations.push(`card ${cardId}: ${row.id} was sent before ${before.id} was resolved`);
      }
    }
    return { examined: byCard.size, violations };
  },
};

function cardsOf({ params }: Operation): string[] {
  if (params.kind === "transfer") return [params.source.id, params.target.id];
  return params.kind === "destroy" ? [params.card.id] : [];
}
