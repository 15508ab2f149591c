import "server-only";
import { and, desc, eq, or, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { defaultView, savedView } from "@/lib/db/schema";
import { readFilters } from "../filter/filter-texts";
import { CARD_SORTS, type CardSort, type CardView, URL_FILTERS } from "../types";

/** The caller's own views and everybody's shared ones, by name, the own first. */
export async function listViews({ ctx }: { ctx: Ctx }): Promise<CardView[]> {
  const { id: userId, role } = ctx.actor;
  if (!userId) return [];
  const rows = await ctx.db
    .select({ view: savedView, isDefault: sql<boolean>`${defaultView.viewId} is not null` })
    .from(savedView)
    .leftJoin(defaultView, and(eq(defaultView.viewId, savedView.id), eq(defaultView.userId, userId)))
    .where(or(eq(savedView.ownerId, userId), savedView.shared))
    .orderBy(desc(eq(savedView.ownerId, userId)), sql`lower(${savedView.name})`, savedView.id);
  return rows.map(({ view, isDefault }) => ({
    id: view.id,
    name: view.name,
    shared: view.shared,
    own: view.ownerId === userId,
    ownerName: view.ownerName,
    mayDelete: view.ownerId === userId || role === "admin",
    isDefault,
    ...searchOf(view),
  }));
}

/** What of a stored view says which cards it shows. */
export type Asked = Pick<typeof savedView.$inferSelect, "filter" | "sort" | "desc">;

/** What a stored view asks for. A filter or order that a later version no longer knows is left out. */
export function searchOf({ filter, sort, desc: down }: Asked): Pick<CardView, "filter" | "sort"> {
  const known = Object.fromEntries(URL_FILTERS.map((name) => [name, filter[name]]));
  const id: CardSort["id"] | undefined = CARD_SORTS.find((each) => each === sort);
  return { filter: readFilters(known).filter, sort: id ? { id, desc: down } : { id: "created", desc: true } };
}
