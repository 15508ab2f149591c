import "server-only";
import { and, count, eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "@/lib/audit";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import { lockInTransaction } from "@/lib/db/lock-in-transaction";
import { alertChannel, alertDelivery, alertNotice } from "@/lib/db/schema";
import { sealChannel, shownAddress } from "./channels/open-channel";
import { isAllowed, isPrivate, targetOf } from "./channels/resolve-public";
import type { ChannelConfig, saveChannelSchema } from "./schemas";

const MOST_CHANNELS = 20;

/**
 * Add a channel or change one. Its address is sealed and never read back to anybody; without one it stays. One that is
 * switched off lets go of what waits for it: switched on again it would tell old news. AppErrors
 * "bad_input" (an address that may not be reached), "not_found", "conflict"/"alert_channels_full", "not_configured".
 */
export async function saveChannel({ ctx, input }: { ctx: Ctx; input: z.output<typeof saveChannelSchema> }) {
  const { channelId, name, on, config } = input;
  if (config) assertReachable(config);
  const address = config && { kind: config.kind, sealed: sealChannel(channelId, config), shown: shownAddress(config) };
  await ctx.db.transaction(async (tx) => {
    await lockInTransaction(tx, "cardesk.alert-channels");
    const [known] = await tx.select().from(alertChannel).where(eq(alertChannel.id, channelId)).for("update");
    const now = ctx.now();
    if (known) {
      await tx
        .update(alertChannel)
        .set({ name, on, updatedAt: now, ...address })
        .where(eq(alertChannel.id, channelId));
      if (known.on && !on) await letGo(tx, channelId, now);
    } else {
      if (!address) throw new AppError("not_found");
      const [{ channels } = { channels: 0 }] = await tx.select({ channels: count() }).from(alertChannel);
      if (channels >= MOST_CHANNELS)
        throw new AppError("conflict", "alert_channels_full", { params: { most: MOST_CHANNELS } });
      await tx.insert(alertChannel).values({ id: channelId, name, on, createdAt: now, updatedAt: now, ...address });
    }
    const { kind, shown } = address ?? known ?? {};
    await recordAudit(tx, ctx, {
      action: known ? "alert_channel.changed" : "alert_channel.added",
      targetKind: "alert_channel",
      targetId: channelId,
      detail: { name, on, kind, shown, newAddress: config !== null },
    });
  });
}

async function letGo(tx: Tx, channelId: string, now: Date): Promise<void> {
  // No check notes anything for it meanwhile.
  await lockInTransaction(tx, "cardesk.alerts");
  await tx.delete(alertNotice).where(eq(alertNotice.channelId, channelId));
  await tx
    .update(alertDelivery)
    .set({ state: "given_up", endedAt: now, errorKey: "switched_off" })
    .where(and(eq(alertDelivery.channelId, channelId), eq(alertDelivery.state, "waiting")));
}

/** What a name resolves to is looked at when something is sent; what can be seen of it is refused at once. */
function assertReachable(config: ChannelConfig): void {
  const refuse = (field: string, key: string) => {
    throw new AppError("bad_input", "bad_input", { fields: { [`config.${field}`]: key } });
  };
  if (config.kind === "email") {
    if (isAllowed(config)) return;
    if (isPrivate(config.host)) refuse("host", "private_address");
    if (config.security === "none") refuse("security", "mail_needs_tls");
    return;
  }
  const url = new URL(config.url);
  if (isAllowed(targetOf(url))) return;
  if (isPrivate(url.hostname)) refuse("url", "private_address");
  if (url.protocol !== "https:") refuse("url", "not_https");
}
