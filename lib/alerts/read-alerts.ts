import "server-only";
import { asc, count, desc, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { alertChannel, alertDelivery, alertNotice, alertState } from "@/lib/db/schema";
import { readSettings } from "@/lib/settings";
import { ALERT_RULES } from "@/lib/settings/schemas";
import { quietUntil } from "./judge/plan-message";
import type { AlertsView, DeliveryView } from "./types";

const DELIVERIES_SHOWN = 50;

/** Channels (masked), what fires now, and the newest messages with what became of them. */
export async function readAlerts({ ctx }: { ctx: Ctx }): Promise<AlertsView> {
  const { id, kind, name, on, shown } = alertChannel;
  const { quiet } = (await readSettings({ ctx })).alerts;
  const quietEnd = quietUntil(quiet, ctx.now(), env().TZ_DISPLAY);
  const [channels, states, deliveries] = await Promise.all([
    ctx.db
      .select({ id, kind, name, on, shown, pending: count(alertNotice.eventId) })
      .from(alertChannel)
      .leftJoin(alertNotice, eq(alertNotice.channelId, id))
      .groupBy(id)
      .orderBy(asc(alertChannel.createdAt), asc(id)),
    ctx.db.select().from(alertState).where(eq(alertState.firing, true)).orderBy(asc(alertState.since)),
    ctx.db
      .select({ delivery: alertDelivery, channel: name })
      .from(alertDelivery)
      .innerJoin(alertChannel, eq(id, alertDelivery.channelId))
      .orderBy(desc(alertDelivery.createdAt), asc(alertDelivery.id))
      .limit(DELIVERIES_SHOWN),
  ]);
  return {
    channels,
    firing: states.flatMap(({ rule, subject, since }) => {
      const known = ALERT_RULES.find((each) => each === rule);
      return known ? [{ rule: known, subject, since: since.toISOString() }] : [];
    }),
    deliveries: deliveries.map(({ delivery, channel }) => viewDelivery(delivery, channel, quietEnd)),
  };
}

type Delivery = typeof alertDelivery.$inferSelect;

/** When it is tried next: not before quiet hours end, unless it may wake a person. */
function nextTry({ state, severe, nextAt }: Delivery, quietEnd: Date | null): Date | null {
  if (state !== "waiting") return null;
  return quietEnd && !severe && quietEnd > nextAt ? quietEnd : nextAt;
}

const viewDelivery = (row: Delivery, channel: string, quietEnd: Date | null): DeliveryView => ({
  id: row.id,
  channel,
  test: row.test,
  title: row.text.split("\n")[0] ?? "",
  text: row.text,
  state: row.state,
  tries: row.tries,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  nextAt: nextTry(row, quietEnd)?.toISOString() ?? null,
  error: row.errorKey ? { key: row.errorKey, details: row.errorDetails } : null,
});
