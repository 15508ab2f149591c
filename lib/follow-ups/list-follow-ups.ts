import "server-only";
import { and, asc, count, desc, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import { openText } from "@/lib/core/app-keys";
import { followUpContext } from "@/lib/core/sealing";
import { card, followUp, operation, user } from "@/lib/db/schema";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import { listColleagues } from "./colleagues";
import { isDueAt } from "./is-due";
import type { listFollowUpsSchema } from "./schemas";
import type { FollowUpList } from "./types";

/**
 * Follow-ups: of open ones what is due first, then what is due next, last what waits for an outcome; done ones newest first.
 * A page past the end becomes the last one: it gets shorter while people work through it. Phones and codes are masked.
 */
export async function listFollowUps({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: z.output<typeof listFollowUpsSchema>;
}): Promise<FollowUpList> {
  const due = isDueAt(ctx.now());
  const where = and(
    eq(followUp.state, input.state),
    input.whose === "mine" ? eq(followUp.assignedTo, ctx.actor.id ?? "") : undefined,
    input.cardIds.length > 0 ? inArray(followUp.cardId, input.cardIds) : undefined,
  );
  const order =
    input.state === "open"
      ? [desc(due), asc(followUp.dueAt), asc(followUp.openedAt)]
      : [desc(followUp.finishedAt), asc(followUp.id)];
  const [rows, [all], colleagues] = await Promise.all([
    ctx.db
      .select({
        row: followUp,
        due,
        card,
        operation: { kind: operation.kind, state: operation.state },
        name: user.username,
      })
      .from(followUp)
      .innerJoin(user, eq(user.id, followUp.assignedTo))
      .leftJoin(card, eq(card.id, followUp.cardId))
      .leftJoin(operation, eq(operation.id, followUp.operationId))
      .where(where)
      .orderBy(...order)
      .limit(input.size)
      .offset((input.page - 1) * input.size),
    ctx.db.select({ n: count() }).from(followUp).where(where),
    listColleagues(ctx.db),
  ]);
  const total = all?.n ?? 0;
  if (rows.length === 0 && input.page > 1 && total > 0)
    return listFollowUps({ ctx, input: { ...input, page: Math.min(input.page - 1, Math.ceil(total / input.size)) } });
  return {
    rows: rows.map(({ row, due, card, operation, name }) => ({
      id: row.id,
      card: {
        id: row.cardId,
        maskedCode: card && maskCode(card.code),
        userName: card?.userName ?? null,
        maskedPhone: card?.phone ? maskPhone(card.phone) : null,
      },
      operation: row.operationId && operation ? { id: row.operationId, ...operation } : null,
      text: openTextOf(row),
      assignedTo: { id: row.assignedTo, name },
      openedByName: row.openedByName,
      openedAt: row.openedAt.toISOString(),
      dueAt: row.dueAt?.toISOString() ?? null,
      state: row.state,
      due,
      finishedAt: row.finishedAt?.toISOString() ?? null,
      finishedByName: row.finishedByName,
    })),
    total,
    colleagues,
  };
}

/** One that can't be opened (its app key is gone) does not lose the list. */
function openTextOf({ id, sealed }: { id: string; sealed: Buffer }): string | null {
  try {
    return openText(sealed, followUpContext(id));
  } catch {
    return null;
  }
}
