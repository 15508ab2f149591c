import "server-only";
import { and, asc, eq, not } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { batch, cardKey } from "@/lib/db/schema";
import { formatDateTime } from "@/lib/format/dates";
import { downloadResponse } from "@/lib/format/download";
import type { Cell } from "@/lib/format/file/file-lines";
import { writeRows } from "@/lib/format/file/write-rows";
import { assertMayExport, recordExport } from "@/lib/limits";
import type { exportKeysSchema } from "../schemas";
import { type KeyFilter, type KeyStatus, keyStatusOf } from "../types";
import { decryptKey } from "./encrypt-key";
import { keyConditions } from "./key-conditions";
import { isDistinctKey, isSurplusKey } from "./store-keys";

/** What an export holds: how many keys of which type, how many of them recovered, and which of the batch's keys. */
export type ExportContent = { keyType: number; count: number; recovered: number; filter: KeyFilter };

/** The export's labels, in the language of the request. */
export type KeyExportLabels = {
  header: string[];
  type: (keyType: number) => string;
  flag: (flag: string | null, recovered: boolean) => string;
  status: (status: KeyStatus) => string;
  /** Parts of the file's name: what plain lines can't say. */
  name: (content: ExportContent) => string[];
};

type Call = { ctx: Ctx; input: z.output<typeof exportKeysSchema>; labels: KeyExportLabels };

/**
 * The keys of a batch that the filter leaves, as CSV (with status and flags) or plain lines (only those of the batch's type,
 * without the surplus); a duplicate is left out. Everything is decrypted and the export audited before the first byte
 * goes out. AppError "too_many" for more than the actor may export today, before a key is decrypted.
 */
export async function exportKeys({ ctx, input, labels }: Call): Promise<Response> {
  const [owner] = await ctx.db.select().from(batch).where(eq(batch.id, input.batchId));
  if (!owner) throw new AppError("not_found", "batch_not_found");
  const filter: KeyFilter = { flagged: input.flagged, status: input.status };
  const plain = input.format === "txt";
  const isPlain = and(eq(cardKey.keyType, owner.keyType), not(isSurplusKey));
  const where = and(keyConditions(owner.id, filter), isDistinctKey, plain ? isPlain : undefined);
  const target = { targetKind: "batch", targetId: owner.id };
  await assertMayExport(ctx, await ctx.db.$count(cardKey, where), target);
  const rows = await ctx.db.select().from(cardKey).where(where).orderBy(asc(cardKey.recordedAt), asc(cardKey.id));
  const zone = env().TZ_DISPLAY;
  const cells = plain ? plainCells(rows) : tableCells(rows, labels, zone);
  const { parts, ...facts } = await writeRows({ format: input.format, rows: cells, count: rows.length });
  await recordExport(ctx, rows.length, {
    action: input.purpose === "copy" ? "card_key.copied_all" : "card_key.exported",
    ...target,
    detail: { keys: rows.length, format: input.format, ...filter, ...facts },
  });
  const recovered = rows.filter((row) => row.recovered).length;
  const name = labels.name({ keyType: owner.keyType, count: rows.length, recovered, filter });
  return downloadResponse(new Blob(parts), { name, format: input.format, at: ctx.now(), zone });
}

type Row = typeof cardKey.$inferSelect;

/** Each is decrypted when the file comes to it. */
function* plainCells(rows: readonly Row[]): Generator<Cell[]> {
  for (const row of rows) yield [decryptKey(row.cipher, row.id)];
}

function* tableCells(rows: readonly Row[], labels: KeyExportLabels, zone: string): Generator<Cell[]> {
  yield labels.header;
  for (const row of rows)
    yield [
      decryptKey(row.cipher, row.id),
      labels.type(row.keyType),
      row.upstreamCreatedAt && formatDateTime(row.upstreamCreatedAt, zone),
      formatDateTime(row.recordedAt, zone),
      labels.status(keyStatusOf(row)),
      row.seenAt && formatDateTime(row.seenAt, zone),
      labels.flag(row.flag, row.recovered),
    ];
}
