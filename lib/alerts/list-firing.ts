import "server-only";
import { asc, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { alertState } from "@/lib/db/schema";
import { ALERT_RULES, type AlertRule } from "@/lib/settings/schemas";

/** The rules of the alerts that are active, as of the last check: one of each alert, oldest first. */
export async function listFiring({ ctx }: { ctx: Ctx }): Promise<AlertRule[]> {
  const rows = await ctx.db
    .select({ rule: alertState.rule })
    .from(alertState)
    .where(eq(alertState.firing, true))
    .orderBy(asc(alertState.since), asc(alertState.rule));
  // A rule that another version had can't be put into words.
  return rows.flatMap(({ rule }) => ALERT_RULES.find((each) => each === rule) ?? []);
}
