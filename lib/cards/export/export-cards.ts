import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { downloadResponse } from "@/lib/format/download";
import { maskCode } from "@/lib/format/masks";
import { maskPhone, normalizePhone } from "@/lib/format/phones";
import { assertMayExport, recordExport } from "@/lib/limits";
import { type MaskedTerm, readMaskedCode, readMaskedPhone } from "../filter/masked-search";
import { allowSearch } from "../list/allow-search";
import { cardConditions } from "../list/card-conditions";
import { cardOrder } from "../list/card-order";
import { storedBalance } from "../list/card-row";
import { isMaskedFor } from "../list/is-masked-for";
import type { ExportInput } from "../schemas";
import { tagsOf } from "../tags/read-tags";
import { type CardExportLabels, type ExportedCard, writeCardFile } from "./write-card-file";

const MOST_ROWS = { csv: 100_000, txt: 100_000, xlsx: 20_000 } as const;

type Call = { ctx: Ctx; input: ExportInput; labels: CardExportLabels };
type Selected = { id: string; code: string; type: string; user_name: string | null; phone: string | null } & {
  balance: string | null;
  unlimited: boolean;
  created_at: string | null;
  updated_at: string | null;
  gone: boolean;
  tags: string[];
};

/**
 * Exactly the selected cards, the filtered ones or all listed ones, as a download. Phones and codes are complete from
 * operator up, masked below. Audited with the file's SHA-256 before its first byte goes out. AppError "bad_input" for more
 * rows than a file may hold, "too_many" for more than the actor may export today: both before a row is read. Throws as
 * {@link allowSearch} too.
 */
export async function exportCards({ ctx, input, labels }: Call): Promise<Response> {
  const { format, scope } = input;
  const masked = isMaskedFor(ctx.actor);
  const most = MOST_ROWS[format];
  const { where, order } = await scopeOf(ctx, scope);
  const count = await countRows(ctx, where, most);
  if (count > most) throw new AppError("bad_input", "export_too_large", { params: { limit: most } });
  await assertMayExport(ctx, count, { targetKind: "card" });
  const { rows } = await ctx.db.execute<Selected>(sql`
    select id, code, type, user_name, phone, balance, unlimited, created_at, updated_at, gone_at is not null as gone,
      ${tagsOf(sql`card.id`)} as tags
    from card where ${where} order by ${order} limit ${most + 1}`);
  if (rows.length > most) throw new AppError("bad_input", "export_too_large", { params: { limit: most } });
  const cards = rows.map((row) => exported(row, masked));
  const { parts, ...facts } = await writeCardFile(format, cards, labels);
  await recordExport(ctx, rows.length, {
    action: "card.exported",
    targetKind: "card",
    detail: { format, ...scopeFacts(scope), rows: rows.length, masked, ...facts },
    about: { cards: rows.map((row) => row.id), ...wholeOf(scope) },
  });
  const name = labels.name(scope.kind, cards.length);
  return downloadResponse(new Blob(parts), { name, format, at: ctx.now(), zone: env().TZ_DISPLAY });
}

/** As much of a phone or code as its mask shows. */
const SHOWN = 4;

/** Which cards, as the audit keeps it: the filter and order as they were, no whole phone or code. */
function scopeFacts(scope: ExportInput["scope"]) {
  if (scope.kind !== "filtered") return { scope: scope.kind };
  const { phone, code, ...others } = scope.filter;
  const filter = {
    ...others,
    ...(phone && { phone: phone.length > SHOWN ? maskPhone(normalizePhone(phone) ?? phone) : phone }),
    ...(code && { code: code.length > SHOWN ? maskCode(code) : code }),
  };
  return { scope: scope.kind, filter, sort: scope.sort };
}

/** The whole phone and code that the filter names: the export is found by them, also if no card had them. */
function wholeOf(scope: ExportInput["scope"]): { phones: string[]; codes: string[] } {
  const { phone, code } = scope.kind === "filtered" ? scope.filter : {};
  const terms = {
    phone: phone === undefined ? null : readMaskedPhone(phone),
    code: code === undefined ? null : readMaskedCode(code),
  };
  const wholes = (term: MaskedTerm | null) => (term && "whole" in term ? [term.whole] : []);
  return { phones: wholes(terms.phone), codes: wholes(terms.code) };
}

/** How many rows the file would have; above `most` it is `most` + 1. */
async function countRows(ctx: Ctx, where: SQL, most: number): Promise<number> {
  const { rows } = await ctx.db.execute<{ count: string }>(
    sql`select count(*) as count from (select from card where ${where} limit ${most + 1}) counted`,
  );
  return Number(rows[0]?.count ?? 0);
}

async function scopeOf(ctx: Ctx, scope: ExportInput["scope"]): Promise<{ where: SQL; order: SQL }> {
  const newest = cardOrder({ id: "created", desc: true });
  if (scope.kind === "selected") return { where: sql`id = any(${sql.param(scope.ids)}::text[])`, order: newest };
  if (scope.kind === "all") return { where: cardConditions({ filter: {}, masked: false }), order: newest };
  const search = await allowSearch(ctx, { ...scope, at: "scope." });
  return { where: cardConditions(search), order: cardOrder(scope.sort) };
}

const exported = (row: Selected, masked: boolean): ExportedCard => ({
  id: row.id,
  code: masked ? maskCode(row.code) : row.code,
  type: row.type,
  userName: row.user_name,
  phone: row.phone && (masked ? maskPhone(row.phone) : row.phone),
  balance: storedBalance(row),
  createdAt: row.created_at === null ? null : new Date(row.created_at),
  updatedAt: row.updated_at === null ? null : new Date(row.updated_at),
  gone: row.gone,
  tags: row.tags,
});
