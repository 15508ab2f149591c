import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { MAX_SELECTED } from "../schemas";
import type { CardFilter } from "../types";
import { allowSearch } from "./allow-search";
import { cardConditions } from "./card-conditions";

/** Ids of every card a filter matches, to select them all; at most {@link MAX_SELECTED}. Throws as {@link allowSearch}. */
export async function listCardIds({
  ctx,
  input: { filter },
}: {
  ctx: Ctx;
  input: { filter: CardFilter };
}): Promise<{ ids: string[]; more: boolean }> {
  const search = await allowSearch(ctx, { filter });
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    select id from card where ${cardConditions(search)} order by id limit ${MAX_SELECTED + 1}`);
  return { ids: rows.slice(0, MAX_SELECTED).map((row) => row.id), more: rows.length > MAX_SELECTED };
}
