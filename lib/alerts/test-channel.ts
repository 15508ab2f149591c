import "server-only";
import { randomUUID } from "node:crypto";
import { and, count, eq, gt } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { lockInTransaction } from "@/lib/db/lock-in-transaction";
import { alertChannel, alertDelivery } from "@/lib/db/schema";
import { readSettings } from "@/lib/settings";
import { ChannelFault } from "./channels/channel-fault";
import { openChannel } from "./channels/open-channel";
import type { Resolve } from "./channels/resolve-public";
import { sendMessage } from "./channels/send-message";
import { testText } from "./message-text";
import type { ChannelConfig, channelSchema } from "./schemas";
import type { TestResult } from "./types";

/** Tests an hour, of all channels together: the button is no way to flood anybody. */
const MOST_TESTS = 20;
const HOUR_MS = 3_600_000;

type Input = { ctx: Ctx; input: z.output<typeof channelSchema>; resolve?: Resolve };

/**
 * Send one message to a channel now, and say how it went. Counted and audited before it is sent. AppErrors "not_found",
 * "too_many"/"alert_tests_used_up".
 */
export async function testChannel({ ctx, input: { channelId }, resolve }: Input): Promise<TestResult> {
  const { alerts } = await readSettings({ ctx });
  const text = testText({ language: alerts.language, appUrl: env().APP_URL });
  const now = ctx.now();
  const id = randomUUID();
  const sealed = await ctx.db.transaction(async (tx) => {
    await lockInTransaction(tx, "cardesk.alert-tests");
    const [channel] = await tx.select().from(alertChannel).where(eq(alertChannel.id, channelId));
    if (!channel) throw new AppError("not_found");
    const recent = and(eq(alertDelivery.test, true), gt(alertDelivery.createdAt, new Date(now.getTime() - HOUR_MS)));
    const [{ tests } = { tests: 0 }] = await tx.select({ tests: count() }).from(alertDelivery).where(recent);
    if (tests >= MOST_TESTS) throw new AppError("too_many", "alert_tests_used_up", { params: { most: MOST_TESTS } });
    // Given up from the start: a console that dies now leaves no message that another one would send.
    const row = { id, channelId, test: true, text, tries: 1, nextAt: now, createdAt: now, endedAt: now };
    await tx.insert(alertDelivery).values({ ...row, state: "given_up", errorKey: "connection" });
    await recordAudit(tx, ctx, {
      action: "alert_channel.tested",
      targetKind: "alert_channel",
      targetId: channelId,
      detail: { name: channel.name, kind: channel.kind, shown: channel.shown },
    });
    return channel.sealed;
  });
  const fault = await faultOf(() => openChannel(channelId, sealed), { id, text, madeAt: now, now }, resolve);
  const error = fault && { key: fault.key, details: fault.details };
  await ctx.db
    .update(alertDelivery)
    .set({
      state: fault ? "given_up" : "sent",
      endedAt: ctx.now(),
      errorKey: fault?.key ?? null,
      errorDetails: fault?.details ?? null,
    })
    .where(eq(alertDelivery.id, id));
  return { sent: !fault, error };
}

async function faultOf(
  open: () => ChannelConfig,
  message: Parameters<typeof sendMessage>[1],
  resolve: Resolve | undefined,
): Promise<ChannelFault | null> {
  try {
    await sendMessage(open(), message, resolve);
    return null;
  } catch (error) {
    if (error instanceof ChannelFault) return error;
    throw error;
  }
}
