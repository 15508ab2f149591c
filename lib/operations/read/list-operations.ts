import "server-only";
import { and, arrayOverlaps, count, eq, exists, ilike, inArray, isNotNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { aboutOf, searchHashes } from "@/lib/audit";
import { termOf } from "@/lib/cards";
import type { Ctx } from "@/lib/context";
import { inDayRange } from "@/lib/db/day-range";
import { contains } from "@/lib/db/like-pattern";
import { namesIn, operation, operationCard } from "@/lib/db/schema";
import { countSearches } from "@/lib/limits";
import { openOperation } from "../journal/open-operation";
import type { Kinds } from "../operation-kind";
import type { listOperationsSchema } from "../schemas";
import { foldBatches, readBatches } from "./fold-batches";
import { type ListedOperation, viewListedOperation } from "./view-operation";

export type OperationList = { rows: ListedOperation[]; total: number };

type Input = { ctx: Ctx; input: z.output<typeof listOperationsSchema>; kinds: Kinds };

/**
 * Operations, newest first, the calls of a batch as one row (see `foldBatches`). Drafts are no operations yet and never listed. A whole phone or code tells whose an operation
 * was, so it is a search as one for cards is: AppError "too_many" as in `countSearches`.
 */
export async function listOperations({ ctx, input, kinds }: Input): Promise<OperationList> {
  await countSearches(ctx, termsOf(input.text));
  const touches = ctx.db
    .select({ one: sql`1` })
    .from(operationCard)
    .where(and(eq(operationCard.operationId, operation.id), eq(operationCard.cardId, input.cardId)));
  const conditions: (SQL | undefined)[] = [
    ne(operation.state, "draft"),
    input.kinds.length ? inArray(operation.kind, input.kinds) : undefined,
    input.states.length ? inArray(operation.state, input.states) : undefined,
    input.actor ? sql`lower(${operation.actorName}) = lower(${input.actor})` : undefined,
    input.cardId ? exists(touches) : undefined,
    input.batchId ? eq(operation.batchId, input.batchId) : undefined,
    matching(input.text),
    input.needsManualResolution ? isNotNull(operation.needsManualResolution) : undefined,
    inDayRange(operation.createdAt, input.from, input.to),
  ];
  const where = foldBatches(input, and(...conditions));
  const [rows, [total]] = await Promise.all([
    ctx.db
      .select()
      .from(operation)
      .where(where)
      // As the index has it: without the words it would be read, and then sorted.
      .orderBy(sql`${operation.createdAt} desc nulls last`, operation.id)
      .limit(input.size)
      .offset((input.page - 1) * input.size),
    ctx.db.select({ n: count() }).from(operation).where(where),
  ]);
  const batches = await readBatches(ctx.db, input, kinds, rows);
  const listed = rows.map((row) => {
    const batch = (row.batchId && batches.get(row.batchId)) || null;
    return viewListedOperation(kinds[row.kind], openOperation(row), batch);
  });
  return { rows: listed, total: total?.n ?? 0 };
}

/**
 * What a text finds; undefined: any. A part of the note, of the ticket number or of a nickname, in any case; the beginning of
 * an operation's id. Phones and codes are sealed: a whole one is found by its hash, a part of one is not.
 */
function matching(text: string): SQL | undefined {
  if (!text) return undefined;
  const { phones, codes, cards } = aboutOf(text);
  const hashes = searchHashes({ phones, codes });
  const touches = (ids: string[]) => sql`exists (
    select 1 from operation_card c where c.operation_id = ${operation.id} and c.card_id = any(${sql.param(ids)}::text[]))`;
  return or(
    ilike(operation.note, contains(text)),
    ilike(operation.reference, contains(text)),
    ilike(namesIn(operation.params), contains(text)),
    hashes.length > 0 ? arrayOverlaps(operation.about, hashes) : undefined,
    cards.length > 0 ? touches(cards) : undefined,
    isIdPrefix(text) ? sql`${operation.id}::text like ${`${text.toLowerCase()}%`}` : undefined,
  );
}

/** The phones and codes a text asks for, as searches of cards are counted: the same one in both lists is one. */
function termsOf(text: string): string[] {
  const { phones, codes } = aboutOf(text);
  return [
    ...phones.flatMap((whole) => termOf("phone", { whole })),
    ...codes.flatMap((whole) => termOf("code", { whole })),
  ];
}

/** As the list shows it, eight digits, or longer. */
const isIdPrefix = (text: string): boolean => /^[0-9a-f]{8}[0-9a-f-]{0,28}$/i.test(text);
