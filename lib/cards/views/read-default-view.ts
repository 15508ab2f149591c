import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { together } from "@/lib/db/together";
import type { CardView } from "../types";
import { type Asked, searchOf } from "./list-views";

/** What the cards table of `userId` opens with, as part of another statement; null: all cards. */
export const viewOfUser = sql`(
  select json_build_object('filter', view.filter, 'sort', view.sort, 'desc', view."desc")
  from default_view own join saved_view view on view.id = own.view_id
  where own.user_id = ${sql.placeholder("userId")} and (view.shared or view.owner_id = ${sql.placeholder("userId")}))`.mapWith(
  (found: Asked): Pick<CardView, "filter" | "sort"> | null => searchOf(found),
);

const read = together({ view: viewOfUser });

/** What the caller's cards table opens with; null: all cards. */
export async function readDefaultView({ ctx }: { ctx: Ctx }): Promise<Pick<CardView, "filter" | "sort"> | null> {
  return (await read(ctx.db, { userId: ctx.actor.id })).view;
}
