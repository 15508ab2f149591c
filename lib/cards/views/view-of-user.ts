import "server-only";
import { sql } from "drizzle-orm";
import type { CardView } from "../types";
import { type Asked, searchOf } from "./list-views";

/** What the cards table of `userId` opens with, as part of another statement; null: all cards. */
export const viewOfUser = sql`(
  select json_build_object('filter', view.filter, 'sort', view.sort, 'desc', view."desc")
  from default_view own join saved_view view on view.id = own.view_id
  where own.user_id = ${sql.placeholder("userId")} and (view.shared or view.owner_id = ${sql.placeholder("userId")}))`.mapWith(
  (found: Asked): Pick<CardView, "filter" | "sort"> | null => searchOf(found),
);
