import "server-only";
import { asc, count, desc, eq } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { alertChannel, alertDelivery, alertNotice, alertState } from "@/lib/db/schema";
import { ALERT_RULES } from "@/lib/settings/schemas";
import type { AlertsView, DeliveryView } from "./types";

const DELIVERIES_SHOWN = 50;

/** Channels (masked), what fires now, and the newest messages with what became of them. */
export async function readAlerts({ ctx }: { ctx: Ctx }): Promise<AlertsView> {
  const { id, kind, name, on, shown } = alertChannel;
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
    deliveries: deliveries.map(({ delivery, channel }) => viewDelivery(delivery, channel)),
  };
}

const viewDelivery = (row: typeof alertDelivery.$inferSelect, channel: string): DeliveryView => ({
  id: row.id,
  channel,
  test: row.test,
  title: row.text.split("\n")[0] ?? "",
  text: row.text,
  state: row.state,
  tries: row.tries,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  nextAt: row.state === "waiting" ? row.nextAt.toISOString() : null,
  error: row.errorKey ? { key: row.errorKey, details: row.errorDetails } : null,
});
