import "server-only";
import { waitingCount, waitingValues } from "@/lib/approvals";
import { billingView, lastBilling } from "@/lib/billing";
import type { Ctx } from "@/lib/context";
import { together } from "@/lib/db/together";
import { dueCount, dueValues } from "@/lib/follow-ups";
import { unknownCount } from "@/lib/operations";
import { readIncident, readSettings } from "@/lib/settings";

const readCounts = together({ unknown: unknownCount, waiting: waitingCount, due: dueCount, last: lastBilling });

/** What the frame of every page shows, by one statement beside the settings, which the page's session has read already. */
export async function readFrame({ ctx }: { ctx: Ctx }) {
  const [{ unknown, waiting, due, last }, incident, settings] = await Promise.all([
    readCounts(ctx.db, { ...waitingValues(ctx), ...dueValues(ctx) }),
    readIncident({ ctx }),
    readSettings({ ctx }),
  ]);
  return { unknown, waiting, due, incident, settings, billing: billingView(last, settings.billing_low, ctx.now()) };
}
