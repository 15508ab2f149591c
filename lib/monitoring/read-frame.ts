import "server-only";
import { waitingCount } from "@/lib/approvals";
import { billingView, lastBilling } from "@/lib/billing";
import type { Ctx } from "@/lib/context";
import { readTogether } from "@/lib/db/read-together";
import { dueCount } from "@/lib/follow-ups";
import { unknownCount } from "@/lib/operations";
import { readIncident, readSettings } from "@/lib/settings";

/** What the frame of every page shows, by one statement beside the settings, which the page's session has read already. */
export async function readFrame({ ctx }: { ctx: Ctx }) {
  const [{ unknown, waiting, due, last }, incident, settings] = await Promise.all([
    readTogether(ctx.db, {
      unknown: unknownCount,
      waiting: waitingCount({ ctx }),
      due: dueCount({ ctx }),
      last: lastBilling,
    }),
    readIncident({ ctx }),
    readSettings({ ctx }),
  ]);
  return { unknown, waiting, due, incident, settings, billing: billingView(last, settings.billing_low, ctx.now()) };
}
