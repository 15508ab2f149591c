import { type Check, type Evidence, saysHappened } from "../history/history.ts";

/** Every card there was or is, with its balance at first and at the end (0 when destroyed). */
function cardsOf({ upstream }: Evidence): { id: string; first: number; last: number; gone: boolean }[] {
  const { first, last } = upstream.balances;
  return [...first].map(([id, before]) => ({ id, first: before, last: last.get(id) ?? 0, gone: !last.has(id) }));
}

/** What others did to a card: end users' calls and top-ups. */
function othersDid({ upstream }: Evidence): Map<string, number> {
  const moved = new Map<string, number>();
  for (const { actor, changes } of upstream.journal)
    for (const change of changes)
      if (change.kind === "balance" && actor !== "caller")
        moved.set(change.cardId, (moved.get(change.cardId) ?? 0) + change.to - change.from);
  return moved;
}

export const conserved: Check = {
  name: "Σ balances + consumption is conserved",
  run: (evidence) => {
    const cards = cardsOf(evidence);
    const before = cards.reduce((sum, card) => sum + card.first, 0);
    const now = cards.reduce((sum, card) => sum + card.last, 0);
    const others = [...othersDid(evidence).values()].reduce((sum, by) => sum + by, 0);
    const violations = before + others === now ? [] : [`${before} at first, ${others} by others, but ${now} now`];
    return { examined: cards.length, violations };
  },
};

export const booksAgree: Check = {
  name: "each card's balance follows from the console's own operations",
  run: (evidence) => {
    const moved = othersDid(evidence);
    const add = (id: string, by: number) => moved.set(id, (moved.get(id) ?? 0) + by);
    const destroyed = new Set<string>();
    for (const row of evidence.operations) {
      if (!saysHappened(row)) continue;
      if (row.params.kind === "destroy") destroyed.add(row.params.card.id);
      if (row.params.kind !== "transfer") continue;
      add(row.params.source.id, -row.params.amount);
      add(row.params.target.id, row.params.amount);
    }
    const violations = cardsOf(evidence).flatMap(({ id, first, last, gone }) => {
      const expected = first + (moved.get(id) ?? 0);
      if (gone !== destroyed.has(id)) return [`card ${id} is ${gone ? "gone" : "there"}, the console says otherwise`];
      return expected === last ? [] : [`card ${id}: ${last}, by the console's operations ${expected}`];
    });
    return { examined: evidence.upstream.balances.first.size, violations };
  },
};

export const mirrorAgrees: Check = {
  name: "the mirror shows what is upstream",
  run: ({ upstream, mirror }) => {
    const byId = new Map(mirror.map((row) => [row.id, row]));
    const violations = [...upstream.balances.first.keys()].flatMap((id) => {
      const shown = byId.get(id);
      const balance = upstream.balances.last.get(id);
      if (!shown) return [`card ${id} is missing`];
      if (shown.gone !== (balance === undefined)) return [`card ${id}: gone is ${shown.gone}`];
      return shown.gone || (shown.balance ?? 0) === balance
        ? []
        : [`card ${id}: ${shown.balance}, upstream ${balance}`];
    });
    return { examined: mirror.length, violations };
  },
};
