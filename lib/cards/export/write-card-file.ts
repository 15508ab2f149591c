import "server-only";
import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import { env } from "@/lib/core/env";
import { csvRow } from "@/lib/format/csv";
import { formatDateTime } from "@/lib/format/dates";
import { printable } from "@/lib/format/printable";
import type { Balance } from "../types";
import type { SheetCell } from "./sheet-worker";
import { writeSheet } from "./write-sheet";

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

const ROWS_PER_SLICE = 500;

/**
 * The cards as a file, in parts: CSV and XLSX with every column; TXT is phone and code, one card per line, to paste
 * elsewhere. Text is written a few hundred rows at a time and sheets in a worker, so that the event loop is not blocked.
 */
export async function writeCardFile(
  format: "csv" | "xlsx" | "txt",
  cards: readonly ExportedCard[],
  labels: CardExportLabels,
): Promise<Uint8Array<ArrayBuffer>[]> {
  if (format === "xlsx") return [await writeSheet(rowsOf(cards, labels))];
  if (format === "txt") return writeLines("", cards, (card) => printable(`${card.phone ?? ""}\t${card.code}`));
  return writeLines(`\ufeff${csvRow(labels.header)}\r\n`, cards, (card) => csvRow(cellsOf(card, labels)));
}

function cellsOf(card: ExportedCard, labels: CardExportLabels): SheetCell[] {
  const zone = env().TZ_DISPLAY;
  return [
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
  ];
}

async function writeLines(
  head: string,
  cards: readonly ExportedCard[],
  line: (card: ExportedCard) => string,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const encoder = new TextEncoder();
  const parts = head ? [encoder.encode(head)] : [];
  for (let next = 0; next < cards.length; next += ROWS_PER_SLICE) {
    const lines = cards.slice(next, next + ROWS_PER_SLICE).map((card) => `${line(card)}\r\n`);
    parts.push(encoder.encode(lines.join("")));
    await yieldToEventLoop();
  }
  return parts;
}

function* rowsOf(cards: readonly ExportedCard[], labels: CardExportLabels): Generator<SheetCell[]> {
  yield labels.header;
  for (const card of cards)
    yield cellsOf(card, labels).map((value) => (typeof value === "string" ? printable(value) : value));
}
