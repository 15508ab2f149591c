import "server-only";
import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import { type CardMatches, isMaskedFor, type MatchedCard, matchCards } from "@/lib/cards";
import type { Ctx } from "@/lib/context";
import { type Pasted, type PastedLine, readPastedInSteps } from "@/lib/format/recognize/read-pasted";
import { findWholeKeys, type WholeKey } from "@/lib/keys";
import { readSettings } from "@/lib/settings";
import type { FindManyInput } from "../schemas";
import { type FoundLine, MAX_PASTED_LINES } from "../types";
import { withLookUpSlot } from "./with-look-up-slot";

/** A line may name a phone and a code, and the code counts once more as it may have been read out. */
const SEARCHES_OF_A_LINE = 3;

export type LookedUp = {
  lines: FoundLine[];
  cards: ReadonlyMap<string, MatchedCard>;
  total: number;
  header: string | null;
};

/**
 * Look up the lines of a paste, from the one after the first `from` on, at most 2,000. One query after the other, a fixed number
 * of them whatever is pasted. Who sees phones and codes masked has so few lines at a time that one part fits into the
 * searches of an hour. Throws AppError "too_many" as `matchCards` and `withLookUpSlot`.
 */
export const lookUpPasted = (ctx: Ctx, input: FindManyInput): Promise<LookedUp> =>
  withLookUpSlot(ctx, () => lookUp(ctx, input));

async function lookUp(ctx: Ctx, { text, from }: FindManyInput): Promise<LookedUp> {
  const { lines: all, header } = await read(text);
  const lines = all.slice(from, from + (await mostLines(ctx)));
  const valuesOf = (kind: "phone" | "code" | "id") => [
    ...new Set(lines.flatMap((line) => (line[kind] === null ? [] : [line[kind]]))),
  ];
  const ids = valuesOf("id");
  const matches = await matchCards({ ctx, input: { phones: valuesOf("phone"), codes: valuesOf("code"), ids } });
  const keys = await findWholeKeys({
    ctx,
    input: { keys: ids.filter((id) => matches.idsOf("id", id).ids.length === 0) },
  });
  return {
    lines: resultsOf(all, { from, count: lines.length, matches, keys }),
    cards: matches.cards,
    total: all.length,
    header,
  };
}

async function read(text: string): Promise<Pasted> {
  const reading = readPastedInSteps(text);
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
    await yieldToEventLoop();
  }
}

async function mostLines(ctx: Ctx): Promise<number> {
  if (!isMaskedFor(ctx.actor)) return MAX_PASTED_LINES;
  const { supportSearches } = (await readSettings({ ctx })).disclosure_limits;
  return Math.min(MAX_PASTED_LINES, Math.max(1, Math.floor(supportSearches / SEARCHES_OF_A_LINE)));
}

type Known = { matches: CardMatches; keys: ReadonlyMap<string, WholeKey> };
type Part = Known & { from: number; count: number };

function resultsOf(all: readonly PastedLine[], { from, count, ...known }: Part): FoundLine[] {
  const firstNaming = new Map<string, number>();
  const firstWith = new Map<string, number>();
  const first = (places: Map<string, number>, key: string, place: number) => {
    if (!places.has(key)) places.set(key, place);
    return places.get(key) ?? place;
  };
  // Over all parts: what was named in an earlier one is named again.
  for (const [place, line] of all.entries()) first(firstNaming, namedBy(line) ?? `${place}`, place);
  return all.slice(from, from + count).map((line, index) => {
    const found = foundBy(line, known);
    const place = from + index;
    const before = Math.min(
      firstNaming.get(namedBy(line) ?? `${place}`) ?? place,
      found.cards.length === 0 ? place : first(firstWith, [...found.cards].sort().join(" "), place),
    );
    return {
      line: line.line,
      text: line.text,
      ...found,
      duplicateOf: before < place ? (all[before]?.line ?? null) : null,
      amount: line.amount,
    };
  });
}

function namedBy({ phone, code, id, isGuess }: PastedLine): string | null {
  return isGuess || (phone ?? code ?? id) === null ? null : JSON.stringify([phone, code, id]);
}

type Found = Pick<FoundLine, "result" | "cards" | "more" | "differs" | "key">;

function foundBy(line: PastedLine, { matches, keys }: Known): Found {
  const { phone, code, id } = line;
  const named = [
    ...(phone === null ? [] : [{ ...matches.idsOf("phone", phone), isOf: hasPhone(matches, phone) }]),
    ...(code === null ? [] : [among(matches.idsOf("code", code))]),
    ...(id === null ? [] : [among(matches.idsOf("id", id))]),
  ];
  const any = [...new Set(named.flatMap(({ ids }) => ids))];
  const every = any.filter((card) => named.every(({ isOf }) => isOf(card)));
  const cards = sorted(every.length > 0 ? every : any, matches);
  const listed = cards.filter((card) => matches.cards.get(card)?.row.gone === false).length;
  const key = id === null ? undefined : keys.get(id);
  const nothing = line.isGuess || named.length === 0 ? "unread" : "missing";
  return {
    result: listed > 1 ? "several" : listed === 1 ? "found" : cards.length > 0 ? "gone" : key ? "key" : nothing,
    cards,
    more: every.length > 0 ? named.every(({ more }) => more) : named.some(({ more }) => more),
    differs: cards.length > 0 && every.length === 0,
    key: key ? { batchId: key.batchId, last4: key.last4 } : null,
  };
}

const among = (match: ReturnType<CardMatches["idsOf"]>) => ({
  ...match,
  isOf: (card: string) => match.ids.includes(card),
});

/** By the card itself: of a phone with very many cards not all are named. */
const hasPhone =
  ({ cards }: CardMatches, phone: string) =>
  (card: string) => {
    const own = cards.get(card)?.phone;
    return own === phone || own === `86${phone}`;
  };

/** Listed ones first; otherwise as they were found. */
const sorted = (ids: string[], { cards }: CardMatches): string[] =>
  ids.toSorted((one, other) => Number(cards.get(one)?.row.gone) - Number(cards.get(other)?.row.gone));
