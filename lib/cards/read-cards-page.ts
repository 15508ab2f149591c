import "server-only";
import type { Ctx } from "@/lib/context";
import { together } from "@/lib/db/together";
import { readSettings } from "@/lib/settings";
import { facets } from "./list/read-card-facets";
import { syncKnown, syncStatusOf } from "./mirror/read-sync-status";
import { viewOfUser } from "./views/view-of-user";

const read = together({ facets, known: syncKnown, view: viewOfUser });

/** What the page of cards shows beside its list, and the view it opens with, by one statement. */
export async function readCardsPage({ ctx }: { ctx: Ctx }) {
  const [{ known, ...shown }, settings] = await Promise.all([
    read(ctx.db, { userId: ctx.actor.id }),
    readSettings({ ctx }),
  ]);
  return { ...shown, sync: syncStatusOf(known, settings, ctx.now()) };
}
