import "server-only";
import { randomUUID } from "node:crypto";
import { and, asc, eq, gt, inArray, or } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import type { Tx } from "@/lib/db/client";
import { lockInTransaction } from "@/lib/db/lock-in-transaction";
import { alertChannel, alertDelivery, alertEvent, alertNotice, alertState } from "@/lib/db/schema";
import { toDecimal } from "@/lib/format/micro";
import { readSettings } from "@/lib/settings";
import { ALERT_RULES, ALERT_SIDE, type AlertRule, type Alerts } from "@/lib/settings/schemas";
import { planMessage, wakes } from "./judge/plan-message";
import { stepRule } from "./judge/step-rule";
import { messageText } from "./message-text";
import { readMeasures } from "./read-measures";
import type { AlertEvent, Measure } from "./types";

const HOUR_MS = 3_600_000;

/**
 * Look at everything that is watched, note what began and what is well again, and make the messages that are due. Once,
 * however many consoles look at the same time: states are rows, and one transaction at a time changes them. Returns how
 * many messages were made.
 */
export async function checkAlerts({ ctx }: { ctx: Ctx }): Promise<number> {
  const { alerts } = await readSettings({ ctx });
  const rules = ALERT_RULES.filter((rule) => alerts.rules[rule].on);
  const measures = await readMeasures({ ctx, rules });
  return ctx.db.transaction(async (tx) => {
    await lockInTransaction(tx, "cardesk.alerts");
    await noteEvents(tx, ctx, { alerts, rules, measures });
    return makeMessages(tx, ctx, alerts);
  });
}

type Look = { alerts: Alerts; rules: readonly AlertRule[]; measures: readonly Measure[] };

async function noteEvents(tx: Tx, ctx: Ctx, { alerts, rules, measures }: Look): Promise<void> {
  const states = await tx.select().from(alertState);
  // A rule that is switched off forgets: switched on again, it says what is wrong then.
  const forgotten = states.filter(({ rule }) => !rules.some((each) => each === rule)).map(({ rule }) => rule);
  if (forgotten.length > 0) await tx.delete(alertState).where(inArray(alertState.rule, forgotten));
  const events: AlertEvent[] = [];
  for (const { rule, subject, value, params } of measures) {
    const { at, rearm, severe } = alerts.rules[rule];
    const firing = states.find((state) => state.rule === rule && state.subject === subject)?.firing ?? false;
    const kind = stepRule({ side: ALERT_SIDE[rule], at, rearm }, firing, value);
    if (!kind || value === null) continue;
    events.push({ rule, subject, kind, severe, params: { ...params, value: toDecimal(value), at } });
    const state = { firing: kind === "fired", since: ctx.now() };
    await tx
      .insert(alertState)
      .values({ rule, subject, ...state })
      .onConflictDoUpdate({ target: [alertState.rule, alertState.subject], set: state });
  }
  if (events.length === 0) return;
  const noted = await tx
    .insert(alertEvent)
    .values(events.map((event) => ({ ...event, at: ctx.now() })))
    .returning({ id: alertEvent.id });
  const channels = await tx.select({ id: alertChannel.id }).from(alertChannel).where(eq(alertChannel.on, true));
  const notices = channels.flatMap((channel) => noted.map(({ id }) => ({ channelId: channel.id, eventId: id })));
  if (notices.length > 0) await tx.insert(alertNotice).values(notices);
}

async function makeMessages(tx: Tx, ctx: Ctx, { language, perHour, quiet }: Alerts): Promise<number> {
  const now = ctx.now();
  const { APP_URL: appUrl, TZ_DISPLAY: zone } = env();
  const channels = await tx.select({ id: alertChannel.id }).from(alertChannel).where(eq(alertChannel.on, true));
  let made = 0;
  for (const { id: channelId } of channels) {
    const pending = await readPending(tx, channelId);
    if (pending.length === 0) continue;
    const messages = await tx
      .select({ id: alertDelivery.id, at: alertDelivery.createdAt, state: alertDelivery.state })
      .from(alertDelivery)
      .where(
        and(
          eq(alertDelivery.channelId, channelId),
          eq(alertDelivery.test, false),
          or(eq(alertDelivery.state, "waiting"), gt(alertDelivery.createdAt, new Date(now.getTime() - HOUR_MS))),
        ),
      );
    // While one does not arrive the others wait: they come together, and a channel that is back is not flooded.
    const waiting = messages.filter(({ state }) => state === "waiting");
    if (waiting.length > 0) {
      if (pending.some(wakes)) await release(tx, waiting);
      continue;
    }
    const madeAt = messages.map(({ at }) => at);
    const events = planMessage({ pending, madeAt, perHour, quiet, now, zone });
    if (events.length === 0) continue;
    const text = messageText({ events, language, appUrl });
    const message = { id: randomUUID(), channelId, test: false, text, severe: events.some(wakes) };
    await tx.insert(alertDelivery).values({ ...message, state: "waiting", nextAt: now, createdAt: now });
    const told = events.map(({ id }) => id);
    await tx.delete(alertNotice).where(and(eq(alertNotice.channelId, channelId), inArray(alertNotice.eventId, told)));
    made += 1;
  }
  return made;
}

/** What waits for the end of quiet hours goes first once something severe must get through: told in the morning it would be old news. */
async function release(tx: Tx, waiting: readonly { id: string }[]): Promise<void> {
  const ids = waiting.map(({ id }) => id);
  await tx.update(alertDelivery).set({ severe: true }).where(inArray(alertDelivery.id, ids));
}

async function readPending(tx: Tx, channelId: string): Promise<(AlertEvent & { id: number })[]> {
  const rows = await tx
    .select({ event: alertEvent })
    .from(alertNotice)
    .innerJoin(alertEvent, eq(alertEvent.id, alertNotice.eventId))
    .where(eq(alertNotice.channelId, channelId))
    .orderBy(asc(alertEvent.id));
  return rows.flatMap(({ event }) => {
    // One of a rule that another version had can't be put into words.
    const rule = ALERT_RULES.find((each) => each === event.rule);
    return rule ? [{ ...event, rule }] : [];
  });
}
