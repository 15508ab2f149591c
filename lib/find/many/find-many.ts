import "server-only";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import type { FindManyInput } from "../schemas";
import type { FoundMany } from "../types";
import { lookUpPasted } from "./look-up-pasted";

/**
 * Every line of a paste with its cards, in the order of the paste; phones and codes of cards are masked. Audited once with how
 * many lines there were, not with what they say, before anything is answered. Throws as {@link lookUpPasted}.
 */
export async function findMany({ ctx, input }: { ctx: Ctx; input: FindManyInput }): Promise<FoundMany> {
  const { lines, cards, total, header } = await lookUpPasted(ctx, input);
  const found = lines.filter((line) => line.cards.length > 0).length;
  const detail = { lines: lines.length, found, from: input.from, total };
  await recordAudit(ctx.db, ctx, { action: "card.looked_up_many", targetKind: "card", detail });
  const rows = [...cards.values()].map(({ row, userId }) => ({ ...row, userId }));
  return { lines, cards: rows, from: input.from, total, header };
}
