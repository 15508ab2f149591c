import { formatDate } from "@/lib/format/dates";
import type { BalanceChange, ChangePart } from "./types";

/** One event of a balance between two numbers. `operationId` null: it happened upstream. */
export type BalanceEvent = {
  cardId: string;
  maskedCode: string;
  at: string;
  before: number;
  after: number;
  operationId: string | null;
  actorName: string | null;
  reference: string | null;
};

/**
 * Events (newest first) as one change for each card and day of `zone`: what it used or was given upstream in one sum each,
 * every operation of ours by itself. `cut`: cards of which there are older events than these; their oldest day may lack some.
 */
export function balanceChanges(
  events: readonly BalanceEvent[],
  { zone, cut }: { zone: string; cut: ReadonlySet<string> },
): BalanceChange[] {
  const groups = Map.groupBy(events, ({ cardId, at }) => `${cardId} ${formatDate(new Date(at), zone)}`);
  const oldest = new Map(events.map(({ cardId, at }) => [cardId, formatDate(new Date(at), zone)]));
  return [...groups.values()]
    .flatMap((group) => {
      const [newest] = group;
      if (!newest) return [];
      const { cardId, maskedCode, at } = newest;
      const day = formatDate(new Date(at), zone);
      const delta = group.reduce((sum, { before, after }) => sum + after - before, 0);
      const partial = cut.has(cardId) && oldest.get(cardId) === day;
      return [{ cardId, maskedCode, day, at, delta, parts: partsOf(group), partial }];
    })
    .filter(({ parts }) => parts.length > 0)
    .toSorted((a, b) => b.at.localeCompare(a.at));
}

function partsOf(group: readonly BalanceEvent[]): ChangePart[] {
  const steps = group.map((event) => ({ ...event, step: event.after - event.before }));
  const theirs = steps.filter(({ operationId }) => operationId === null);
  const used = theirs.reduce((sum, { step }) => sum + Math.max(0, -step), 0);
  const given = theirs.reduce((sum, { step }) => sum + Math.max(0, step), 0);
  return [
    ...(used > 0 ? [{ cause: "used" as const, calls: used }] : []),
    ...(given > 0 ? [{ cause: "topped_up" as const, calls: given }] : []),
    ...steps.flatMap(({ operationId, step, actorName, reference }) =>
      operationId && step !== 0
        ? [
            {
              cause: step < 0 ? ("moved_out" as const) : ("moved_in" as const),
              calls: Math.abs(step),
              operationId,
              actorName,
              reference,
            },
          ]
        : [],
    ),
  ];
}
