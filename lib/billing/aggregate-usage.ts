import "server-only";
import { formatDate } from "@/lib/format/dates";
import type { TalkbotUsageRow } from "@/lib/upstream";
import type { AllUsage } from "./read-all-usage";

type UsageSum = {
  /** Beijing day. */
  day: string;
  name: string;
  costMicro: bigint;
  completionTokens: number;
  promptTokens: number;
};

/**
 * Sum usage by Beijing day and model. `uncounted` are rows that could not be added completely: unreadable, or without a
 * cost, a time or a token count. Rows before `startDate` are left out, in case the upstream ignores that parameter.
 */
export function aggregateUsage(
  { rows, unreadable }: AllUsage,
  startDate: string,
): { days: UsageSum[]; uncounted: number } {
  const sums = new Map<string, UsageSum>();
  let uncounted = unreadable;
  for (const row of rows) {
    if (row.cost === null || row.completionTokens === null || row.promptTokens === null) uncounted += 1;
    else if (row.createdAt === null) uncounted += 1;
    if (row.createdAt === null) continue;
    const day = formatDate(row.createdAt);
    if (day >= startDate) add(sums, day, row);
  }
  return { days: [...sums.values()], uncounted };
}

function add(sums: Map<string, UsageSum>, day: string, row: TalkbotUsageRow): void {
  const key = `${day} ${row.name}`;
  const sum = sums.get(key) ?? { day, name: row.name, costMicro: 0n, completionTokens: 0, promptTokens: 0 };
  sum.costMicro += row.cost ?? 0n;
  sum.completionTokens += row.completionTokens ?? 0;
  sum.promptTokens += row.promptTokens ?? 0;
  sums.set(key, sum);
}
