import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { alertChannel, alertDelivery } from "@/lib/db/schema";
import { readSettings } from "@/lib/settings";
import { ChannelFault } from "./channels/channel-fault";
import { openChannel } from "./channels/open-channel";
import type { Resolve } from "./channels/resolve-public";
import { sendMessage } from "./channels/send-message";
import { isQuiet } from "./judge/plan-message";

const MINUTE_MS = 60_000;
/** Until the next try, by how many there were: eight tries in about four hours, then it is given up. */
const WAIT_MINUTES = [1, 2, 5, 15, 30, 60, 120];
export const MOST_TRIES = WAIT_MINUTES.length + 1;
/** A console that died while it sent is taken for failed after this. */
const LEASE_MS = 2 * MINUTE_MS;

/** No wait is longer: a message that is due later was put off by a clock that was ahead. */
const LONGEST_WAIT_MS = Math.max(...WAIT_MINUTES) * MINUTE_MS + LEASE_MS;

type Claimed = { id: string; channelId: string; text: string; tries: number; createdAt: Date };

/**
 * Send what is due, one message after the other; consoles share them out. In quiet hours only what may wake a person, and a
 * message that waits for their end is not tried meanwhile, so it is not given up either. Returns how many arrived.
 */
export async function sendAlerts({
  ctx,
  input: { signal, resolve },
}: {
  ctx: Ctx;
  input: { signal?: AbortSignal; resolve?: Resolve };
}): Promise<number> {
  const { quiet } = (await readSettings({ ctx })).alerts;
  let sent = 0;
  while (!signal?.aborted) {
    const delivery = await claimDue(ctx, { severeOnly: isQuiet(quiet, ctx.now(), env().TZ_DISPLAY) });
    if (!delivery) break;
    if (await deliver(ctx, delivery, resolve)) sent += 1;
  }
  return sent;
}

/** The next due message, taken for this try: another console skips it. */
async function claimDue(ctx: Ctx, { severeOnly }: { severeOnly: boolean }): Promise<Claimed | null> {
  const now = ctx.now();
  const lease = new Date(now.getTime() + LEASE_MS);
  const never = new Date(now.getTime() + LONGEST_WAIT_MS);
  const { rows } = await ctx.db.execute<Omit<Claimed, "createdAt"> & { createdAt: string }>(sql`
    update alert_delivery set tries = tries + 1, next_at = ${lease}
    where id = (select delivery.id from alert_delivery delivery join alert_channel on alert_channel.id = channel_id
      where state = 'waiting' and (next_at <= ${now} or next_at > ${never}) and "on" and (severe or not ${severeOnly})
      order by next_at limit 1 for update of delivery skip locked)
    returning id, channel_id as "channelId", text, tries, created_at as "createdAt"`);
  const [row] = rows;
  return row ? { ...row, createdAt: new Date(row.createdAt) } : null;
}

async function deliver(ctx: Ctx, delivery: Claimed, resolve: Resolve | undefined): Promise<boolean> {
  const fault = await tryToSend(ctx, delivery, resolve);
  const now = ctx.now();
  const wait = WAIT_MINUTES[delivery.tries - 1];
  const error = { errorKey: fault?.key ?? null, errorDetails: fault?.details ?? null };
  const outcome = !fault
    ? ({ state: "sent", endedAt: now } as const)
    : wait === undefined
      ? ({ state: "given_up", endedAt: now } as const)
      : { nextAt: new Date(now.getTime() + wait * MINUTE_MS) };
  // Of this try only: after a lease that ran out another console has it.
  const mine = and(
    eq(alertDelivery.id, delivery.id),
    eq(alertDelivery.tries, delivery.tries),
    eq(alertDelivery.state, "waiting"),
  );
  await ctx.db
    .update(alertDelivery)
    .set({ ...outcome, ...error })
    .where(mine);
  if (fault && wait === undefined) log().warn({ delivery: delivery.id, key: fault.key }, "an alert was given up");
  return !fault;
}

async function tryToSend(ctx: Ctx, delivery: Claimed, resolve?: Resolve): Promise<ChannelFault | null> {
  const { id, channelId, text, createdAt: madeAt } = delivery;
  const [channel] = await ctx.db.select().from(alertChannel).where(eq(alertChannel.id, channelId));
  try {
    if (!channel) return null;
    await sendMessage(openChannel(channelId, channel.sealed), { id, text, madeAt, now: ctx.now() }, resolve);
    return null;
  } catch (error) {
    if (error instanceof ChannelFault) return error;
    log().error({ delivery: id, err: error }, "an alert could not be sent");
    return new ChannelFault("connection", null, error);
  }
}
