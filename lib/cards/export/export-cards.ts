import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { downloadResponse } from "@/lib/format/download";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import { cardConditions } from "../list/card-conditions";
import { cardOrder } from "../list/card-order";
import { storedBalance } from "../list/card-row";
import type { ExportInput } from "../schemas";
import { isMaskedFor } from "./is-masked-for";
import type { CardExportLabels } from "./write-card-file";
import { type ExportedCard, writeCardFile } from "./write-card-file";

/** A sheet is built in memory as a whole; text is streamed. */
const MOST_ROWS = { csv: 100_000, txt: 100_000, xlsx: 20_000 } as const;

type Call = { ctx: Ctx; input: ExportInput; labels: CardExportLabels };
type Selected = { id: string; code: string; type: string; user_name: string | null; phone: string | null } & {
  balance: string | null;
  unlimited: boolean;
  created_at: string | null;
  updated_at: string | null;
  gone: boolean;
};

/**
 * Exactly the selected cards, the filtered ones or all listed ones, as a download. Phones and codes are complete from
 * operator up, masked below. Audited in the same transaction. AppError "bad_input" for more rows than a file may hold.
 */
export async function exportCards({ ctx, input, labels }: Call): Promise<Response> {
  const { format, scope } = input;
  const masked = isMaskedFor(ctx.actor);
  const most = MOST_ROWS[format];
  const { where, order } = scopeOf(scope);
  const rows = await ctx.db.transaction(async (tx) => {
    const { rows: found } = await tx.execute<Selected>(sql`
      select id, code, type, user_name, phone, balance, unlimited, created_at, updated_at, gone_at is not null as gone
      from card where ${where} order by ${order} limit ${most + 1}`);
    if (found.length > most) throw new AppError("bad_input", "export_too_large", { params: { limit: most } });
    const detail = { format, scope: scope.kind, rows: found.length, masked };
    await recordAudit(tx, ctx, { action: "card.exported", targetKind: "card", detail });
    return found;
  });
  const cards = rows.map((row) => exported(row, masked));
  const name = labels.name(scope.kind, cards.length);
  const body = await writeCardFile(format, cards, labels);
  return downloadResponse(body, { name, format, at: ctx.now(), zone: env().TZ_DISPLAY });
}

function scopeOf(scope: ExportInput["scope"]): { where: SQL; order: SQL } {
  const newest = cardOrder({ id: "created", desc: true });
  if (scope.kind === "selected") return { where: sql`id = any(${sql.param(scope.ids)}::text[])`, order: newest };
  if (scope.kind === "all") return { where: cardConditions({}), order: newest };
  return { where: cardConditions(scope.filter), order: cardOrder(scope.sort) };
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
});
