import "server-only";
import { env } from "@/lib/core/env";
import { formatDateTime } from "@/lib/format/dates";
import type { Cell } from "@/lib/format/file/file-lines";
import { writeRows } from "@/lib/format/file/write-rows";
import type { Balance } from "../types";

export type ExportedCard = {
  id: string;
  code: string;
  type: string;
  userName: string | null;
  phone: string | null;
  balance: Balance;
  createdAt: Date | null;
  updatedAt: Date | null;
  gone: boolean;
  /** In the order they were added. */
  tags: readonly string[];
};

/** The export's labels, in the language of the request. */
export type CardExportLabels = {
  header: string[];
  typeName: (type: string) => string;
  state: (card: ExportedCard) => string;
  unlimited: string;
  /** Parts of the file's name: what, which part, how many. */
  name: (scope: "selected" | "filtered" | "all", count: number) => string[];
};

/** The cards as a file: CSV and XLSX with every column; TXT is phone and code, one card per line, to paste elsewhere. */
export const writeCardFile = (
  format: "csv" | "xlsx" | "txt",
  cards: readonly ExportedCard[],
  labels: CardExportLabels,
): ReturnType<typeof writeRows> =>
  writeRows({ format, rows: format === "txt" ? plainRows(cards) : tableRows(cards, labels), count: cards.length });

function* plainRows(cards: readonly ExportedCard[]): Generator<Cell[]> {
  for (const card of cards) yield [card.phone, card.code];
}

function* tableRows(cards: readonly ExportedCard[], labels: CardExportLabels): Generator<Cell[]> {
  const zone = env().TZ_DISPLAY;
  yield labels.header;
  for (const card of cards)
    yield [
      card.id,
      card.code,
      card.type,
      labels.typeName(card.type),
      card.userName,
      card.phone,
      card.balance === "unlimited" ? labels.unlimited : card.balance,
      card.createdAt && formatDateTime(card.createdAt, zone),
      card.updatedAt && formatDateTime(card.updatedAt, zone),
      labels.state(card),
      card.tags.join("; "),
    ];
}
