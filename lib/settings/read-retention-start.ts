import "server-only";
import type { Ctx } from "@/lib/context";
import { readSettings } from "./read-settings";

const DAY_MS = 86_400_000;

/** The moment before which collected history is old, by the setting. */
export async function readRetentionStart({ ctx }: { ctx: Ctx }): Promise<Date> {
  const { retention } = await readSettings({ ctx });
  return new Date(ctx.now().getTime() - retention.days * DAY_MS);
}
