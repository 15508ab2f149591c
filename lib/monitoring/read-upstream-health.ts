import "server-only";
import type { Ctx } from "@/lib/context";
import { env } from "@/lib/core/env";
import { upstreamStatus } from "@/lib/db/schema";
import { upstreamConfigurations } from "@/lib/settings";
import { upstreamHealth } from "@/lib/upstream";
import type { SourceStatus, UpstreamHealthView } from "./types";

/** The three upstreams: calls of this process, and the background polls of all processes. */
export async function readUpstreamHealth({ ctx }: { ctx: Ctx }): Promise<UpstreamHealthView[]> {
  const rows = await ctx.db.select().from(upstreamStatus).orderBy(upstreamStatus.source);
  const configurations = upstreamConfigurations(env());
  return upstreamHealth().map(({ lastSuccessAt, lastFailureAt, ...health }) => {
    const sources = rows.filter((row) => row.source.startsWith(`${health.upstream}.`));
    const successes = [lastSuccessAt, ...sources.map((source) => source.lastSuccessAt)];
    const configuration = configurations.find(({ upstream }) => upstream === health.upstream);
    return {
      ...health,
      configured: configuration?.configured ?? false,
      missing: configuration?.missing ?? [],
      lastSuccessAt: latest(successes),
      lastFailureAt: latest([lastFailureAt]),
      sources: sources.map(sourceStatus),
    };
  });
}

function latest(dates: readonly (Date | null)[]): string | null {
  const times = dates.flatMap((date) => (date ? [date.getTime()] : []));
  return times.length > 0 ? new Date(Math.max(...times)).toISOString() : null;
}

const sourceStatus = (row: typeof upstreamStatus.$inferSelect): SourceStatus => ({
  source: row.source,
  lastPolledAt: row.lastPolledAt?.toISOString() ?? null,
  lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
  error: row.errorKey ? { key: row.errorKey, details: row.errorDetails } : null,
});
