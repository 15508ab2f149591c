import type { CardRow } from "@/lib/cards/types";
import type { FoundCard, FoundLine, FoundMany } from "@/lib/find/types";
import { isFormula } from "@/lib/format/csv";

/** A row of the sheet: a line, and one of its cards. */
export type SheetRow = {
  /** The card's id where it stands first: what is selected are cards, each once. */
  key: string;
  line: FoundLine;
  card: FoundCard | null;
  /** The first row of its line: what belongs to the line is shown there. */
  isFirst: boolean;
};

export const SHEET_FILTERS = ["all", "found", "missing", "unread", "duplicate", "several"] as const;
export type SheetFilter = (typeof SHEET_FILTERS)[number];

/** Nothing in it could be looked up: nobody knows whether there is such a card. */
const isUnread = (line: FoundLine): boolean => line.result === "unread";
const isFound = (line: FoundLine): boolean => line.cards.length > 0 || line.key !== null;

const FILTERS: Record<SheetFilter, (line: FoundLine) => boolean> = {
  all: () => true,
  found: isFound,
  missing: (line) => !isFound(line) && !isUnread(line),
  unread: isUnread,
  duplicate: (line) => line.duplicateOf !== null,
  several: (line) => line.result === "several",
};

/** The lines of a filter, in their order. */
export const linesOf = (found: FoundMany, filter: SheetFilter): FoundLine[] => found.lines.filter(FILTERS[filter]);

/** The rows of these lines: one for each card, and one for a line without any. */
export function rowsOf(lines: readonly FoundLine[], cards: ReadonlyMap<string, FoundCard>): SheetRow[] {
  const seen = new Set<string>();
  return lines.flatMap((line, place): SheetRow[] => {
    const own = line.cards.flatMap((id) => cards.get(id) ?? []);
    if (own.length === 0) return [{ key: `${NO_CARD}${place}`, line, card: null, isFirst: true }];
    return own.map((card, index) => {
      const key = seen.has(card.id) ? `${NO_CARD}${place}-${index}` : card.id;
      seen.add(card.id);
      return { key, line, card, isFirst: index === 0 };
    });
  });
}

const NO_CARD = "line-";

/** Whether a row's key is a card. */
export const isCardKey = (key: string): boolean => !key.startsWith(NO_CARD);

/**
 * The cards that "select the found ones" takes. Not those of a line that names several people's: which of them was meant has to
 * be ticked by hand.
 */
export const foundCards = (lines: readonly FoundLine[]): string[] => [
  ...new Set(lines.filter(({ differs }) => !differs).flatMap(({ cards }) => cards)),
];

export type Totals = {
  lines: number;
  found: number;
  unread: number;
  /** Different cards that are listed, and the calls left on those whose balance is a number. */
  cards: number;
  calls: number;
  unlimited: number;
  unknown: number;
  /** The sum of the amounts, of all lines and of those with a card; null if there is no such column. */
  amounts: { all: number; found: number } | null;
};

/** What the lines add up to. A card counts once, however often it is named; one that is gone does not. */
export function totalsOf(lines: readonly FoundLine[], cards: ReadonlyMap<string, CardRow>): Totals {
  const listed = [...new Set(lines.flatMap((line) => line.cards))].flatMap((id) => {
    const card = cards.get(id);
    return card && !card.gone ? [card] : [];
  });
  const sum = (some: readonly FoundLine[]) => some.reduce((total, { amount }) => total + (amount ?? 0), 0);
  return {
    lines: lines.length,
    found: lines.filter(isFound).length,
    unread: lines.filter(isUnread).length,
    cards: listed.length,
    calls: listed.reduce((total, { balance }) => total + (typeof balance === "number" ? balance : 0), 0),
    unlimited: listed.filter(({ balance }) => balance === "unlimited").length,
    unknown: listed.filter(({ balance }) => balance === null).length,
    amounts: lines.some(({ amount }) => amount !== null)
      ? { all: sum(lines), found: sum(lines.filter((line) => line.cards.length > 0)) }
      : null,
  };
}

export const COPIED_COLUMNS = ["text", "result", "name", "phone", "code", "balance", "id"] as const;
export type CopiedColumn = (typeof COPIED_COLUMNS)[number];

type Words = { resultOf: (line: FoundLine) => string; unlimited: string };

/**
 * One column as text, a line for each line of the paste, so that it fits beside the column it came from. Several cards stand
 * in one line; a nickname can't become a formula.
 */
export function copyColumn(
  column: CopiedColumn,
  lines: readonly FoundLine[],
  cards: ReadonlyMap<string, CardRow>,
  words: Words,
): string {
  const write: Record<Exclude<CopiedColumn, "text" | "result">, (card: CardRow) => string> = {
    name: ({ userName }) => plain(userName ?? ""),
    phone: ({ maskedPhone }) => maskedPhone ?? "",
    code: ({ maskedCode }) => maskedCode,
    balance: ({ balance }) => (balance === "unlimited" ? words.unlimited : String(balance ?? "")),
    id: ({ id }) => id,
  };
  return lines
    .map((line) => {
      if (column === "text") return line.text;
      if (column === "result") return words.resultOf(line);
      return line.cards
        .flatMap((id) => cards.get(id) ?? [])
        .map(write[column])
        .join(" / ");
    })
    .join("\n");
}

function plain(name: string): string {
  const line = name.replace(/\s+/g, " ");
  return isFormula(line) ? `'${line}` : line;
}
