import "server-only";
import { isMaskedFor, type MatchedCard } from "@/lib/cards";
import type { CardRow } from "@/lib/cards/types";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { downloadResponse } from "@/lib/format/download";
import type { Cell } from "@/lib/format/file/file-lines";
import { writeRows } from "@/lib/format/file/write-rows";
import { assertMayExport, recordExport } from "@/lib/limits";
import type { ExportManyInput } from "../schemas";
import type { FoundLine } from "../types";
import { lookUpPasted } from "./look-up-pasted";

/** The sheet's labels, in the language of the request. */
export type ManyExportLabels = {
  /** Of the columns of a line, with its amount; then of those of a card. */
  header: { line: string[]; amount: string; card: string[] };
  result: (line: FoundLine) => string;
  typeName: (type: string) => string;
  state: (card: CardRow) => string;
  unlimited: string;
  name: (count: number) => string[];
};

type Call = { ctx: Ctx; input: ExportManyInput; labels: ManyExportLabels };

/**
 * The sheet of a paste as a file: its lines in their order, those without a card too, a row for each card of a line. Phones and
 * codes are complete from operator up, masked below. Counted and audited like other exports of cards before its first byte
 * goes out. Throws as {@link lookUpPasted}, and AppError "too_many" for more rows than the actor may export today.
 */
export async function exportMany({ ctx, input, labels }: Call): Promise<Response> {
  const { format } = input;
  const { lines, cards, total } = await lookUpPasted(ctx, input);
  const masked = isMaskedFor(ctx.actor);
  const hasAmounts = lines.some(({ amount }) => amount !== null);
  const rows = lines.flatMap((line) => rowsOf(line, { cards, labels, masked, hasAmounts }));
  await assertMayExport(ctx, rows.length, { targetKind: "card" });
  const { line, amount, card } = labels.header;
  const header = [...line, ...(hasAmounts ? [amount] : []), ...card];
  const { parts, ...facts } = await writeRows({ format, rows: [header, ...rows], count: rows.length });
  await recordExport(ctx, rows.length, {
    action: "card.exported",
    targetKind: "card",
    detail: {
      format,
      scope: "pasted",
      lines: lines.length,
      from: input.from,
      total,
      rows: rows.length,
      masked,
      ...facts,
    },
    about: { cards: [...cards.keys()] },
  });
  const name = labels.name(lines.length);
  return downloadResponse(new Blob(parts), { name, format, at: ctx.now(), zone: env().TZ_DISPLAY });
}

type Sheet = {
  cards: ReadonlyMap<string, MatchedCard>;
  labels: ManyExportLabels;
  masked: boolean;
  hasAmounts: boolean;
};

function rowsOf(line: FoundLine, { cards, labels, masked, hasAmounts }: Sheet): Cell[][] {
  // A TAB would be shown as a character that can't be printed.
  const own: Cell[] = [line.line, line.text.replaceAll("\t", " "), labels.result(line)];
  const blank = labels.header.card.map(() => null);
  const matched = line.cards.flatMap((id) => cards.get(id) ?? []);
  const shown: Cell[][] = matched.map(({ row, phone, code }) => [
    row.id,
    masked ? row.maskedCode : code,
    labels.typeName(row.type),
    row.userName,
    masked ? row.maskedPhone : phone,
    row.balance === "unlimited" ? labels.unlimited : row.balance,
    labels.state(row),
  ]);
  // The amount stands once, so that its column can be added up.
  const amountOf = (place: number): Cell[] => (hasAmounts ? [place === 0 ? line.amount : null] : []);
  return (shown.length > 0 ? shown : [blank]).map((card, place) => [...own, ...amountOf(place), ...card]);
}
