import "server-only";
import { sql } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { type Sweep, sweep } from "@/lib/db/sweep";

const DAYS = 90;

/** Delete messages and events older than 90 days; what a channel still has to be told stays. Returns how many rows went. */
export async function pruneAlerts({ ctx, input }: { ctx: Ctx; input: Sweep }): Promise<number> {
  const before = new Date(ctx.now().getTime() - DAYS * 86_400_000);
  const deliveries = (limit: number) => sql`
    delete from alert_delivery where id in (select id from alert_delivery
      where state <> 'waiting' and created_at < ${before} limit ${limit})`;
  const events = (limit: number) => sql`
    delete from alert_event where id in (select id from alert_event where at < ${before}
      and not exists (select from alert_notice where event_id = alert_event.id) limit ${limit})`;
  return (await sweep(ctx.db, deliveries, input)) + (await sweep(ctx.db, events, input));
}
