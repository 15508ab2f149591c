import "server-only";
import { and, eq, or, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { prepared } from "@/lib/db/prepared";
import { defaultView, savedView } from "@/lib/db/schema";
import type { CardView } from "../types";
import { searchOf } from "./list-views";

const viewOf = prepared((db) => {
  const userId = sql.placeholder("userId");
  return db
    .select({ view: savedView })
    .from(defaultView)
    .innerJoin(savedView, eq(savedView.id, defaultView.viewId))
    .where(and(eq(defaultView.userId, userId), or(savedView.shared, eq(savedView.ownerId, userId))));
});

/** What the caller's cards table opens with; null: all cards. */
export async function readDefaultView({ ctx }: { ctx: Ctx }): Promise<Pick<CardView, "filter" | "sort"> | null> {
  const userId = ctx.actor.id;
  if (!userId) return null;
  const [found] = await viewOf(ctx.db).execute({ userId });
  return found ? searchOf(found.view) : null;
}
