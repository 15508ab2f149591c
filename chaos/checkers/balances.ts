import { type History, recordedEffect } from "../history/history.ts";
import type { Checker } from "./checker.ts";

/** Every card of the run with its balance before and after (0 when destroyed). */
function cardsOf({ upstream }: History): { id: string; before: number; after: number; gone: boolean }[] {
  const { initial, final } = upstream.balances;
  return [...initial].map(([id, before]) => ({ id, before, after: final.get(id) ?? 0, gone: !final.has(id) }));
}

/** How much each card's balance was changed by others: end users' calls and top-ups. */
function externalChanges({ upstream }: History): Map<string, number> {
  const changed = new Map<string, number>();
  for (const { actor, changes } of upstream.journal)
    for (const change of changes)
      if (change.kind === "balance" && actor !== "caller")
        changed.set(change.cardId, (changed.get(change.cardId) ?? 0) + change.to - change.from);
  return changed;
}

export const balancesConserved: Checker = {
  name: "the sum of balances and consumption is conserved",
  check: (history) => {
    const cards = cardsOf(history);
    const before = cards.reduce((sum, card) => sum + card.before, 0);
    const after = cards.reduce((sum, card) => sum + card.after, 0);
    const external = [...externalChanges(history).values()].reduce((sum, by) => sum + by, 0);
    const violations =
      before + external === after ? [] : [`${before} before, ${external} by others, but ${after} after`];
    return { examined: cards.length, violations };
  },
};

export const balancesExplained: Checker = {
  name: "each card's balance follows from the console's operations",
  check: (history) => {
    const changed = externalChanges(history);
    const add = (id: string, by: number) => changed.set(id, (changed.get(id) ?? 0) + by);
    const destroyed = new Set<string>();
    for (const row of history.operations) {
      if (!recordedEffect(row)) continue;
      if (row.params.kind === "destroy") destroyed.add(row.params.card.id);
      if (row.params.kind !== "transfer") continue;
      add(row.params.source.id, -row.params.amount);
      add(row.params.target.id, row.params.amount);
    }
    const violations = cardsOf(history).flatMap(({ id, before, after, gone }) => {
      const expected = before + (changed.get(id) ?? 0);
      if (gone !== destroyed.has(id)) return [`card ${id} ${gone ? "is gone" : "exists"}, the console says otherwise`];
      return expected === after ? [] : [`card ${id}: ${after}, by the console's operations ${expected}`];
    });
    return { examined: history.upstream.balances.initial.size, violations };
  },
};

export const mirrorMatches: Checker = {
  name: "the mirror matches the upstream",
  check: ({ upstream, mirror }) => {
    const byId = new Map(mirror.map((row) => [row.id, row]));
    const violations = [...upstream.balances.initial.keys()].flatMap((id) => {
      const shown = byId.get(id);
      const balance = upstream.balances.final.get(id);
      if (!shown) return [`card ${id} is missing`];
      if (shown.gone !== (balance === undefined)) return [`card ${id}: gone is ${shown.gone}`];
      return shown.gone || (shown.balance ?? 0) === balance
        ? []
        : [`card ${id}: ${shown.balance}, upstream ${balance}`];
    });
    return { examined: mirror.length, violations };
  },
};
