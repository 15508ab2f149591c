import "server-only";
import { and, eq, gte, lte } from "drizzle-orm";
import type { Ctx } from "@/lib/context";
import { billingUsage, upstreamStatus } from "@/lib/db/schema";
import { formatDate } from "@/lib/format/dates";
import { toDecimal } from "@/lib/format/micro";
import { BILLING_DAYS, type UsageDay, type UsageModel, type UsageView } from "./types";

const DAY_MS = 86_400_000;

type Row = { day: string; name: string; cost: bigint; promptTokens: number; completionTokens: number };

/** What the last 30 Beijing days cost, by day and by model. Reads our own database only; sums are exact. */
export async function readUsage({ ctx }: { ctx: Ctx }): Promise<UsageView> {
  const window = daysUntil(ctx.now());
  const inWindow = and(gte(billingUsage.day, window[0] ?? ""), lte(billingUsage.day, window.at(-1) ?? ""));
  const [rows, [status]] = await Promise.all([
    ctx.db
      .select({
        day: billingUsage.day,
        name: billingUsage.name,
        cost: billingUsage.costMicro,
        promptTokens: billingUsage.promptTokens,
        completionTokens: billingUsage.completionTokens,
      })
      .from(billingUsage)
      .where(inWindow),
    ctx.db.select().from(upstreamStatus).where(eq(upstreamStatus.source, "talkbot.usage")),
  ]);
  const total = sum(rows);
  const read = status?.lastSuccessAt ?? null;
  return {
    days: read ? byDay(rows, window) : [],
    models: byModel(rows, total),
    total: toDecimal(total),
    readAt: read?.toISOString() ?? null,
    error: status?.errorKey ? { key: status.errorKey, details: status.errorDetails } : null,
  };
}

const daysUntil = (now: Date): string[] =>
  Array.from({ length: BILLING_DAYS }, (_, index) =>
    formatDate(new Date(now.getTime() - (BILLING_DAYS - 1 - index) * DAY_MS)),
  );

const sum = (rows: readonly Row[]): bigint => rows.reduce((total, row) => total + row.cost, 0n);

function byDay(rows: readonly Row[], window: readonly string[]): UsageDay[] {
  const costs = Map.groupBy(rows, (row) => row.day);
  return window.map((day) => ({ day, cost: toDecimal(sum(costs.get(day) ?? [])) }));
}

function byModel(rows: readonly Row[], total: bigint): UsageModel[] {
  return [...Map.groupBy(rows, (row) => row.name)]
    .map(([name, own]) => ({ name, own, cost: sum(own) }))
    .toSorted((a, b) => Number(b.cost > a.cost) - Number(b.cost < a.cost) || (a.name < b.name ? -1 : 1))
    .map(({ name, own, cost }) => ({
      name,
      cost: toDecimal(cost),
      share: total > 0n ? Number((cost * 10_000n) / total) / 10_000 : null,
      promptTokens: own.reduce((tokens, row) => tokens + row.promptTokens, 0),
      completionTokens: own.reduce((tokens, row) => tokens + row.completionTokens, 0),
    }));
}
