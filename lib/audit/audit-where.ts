import "server-only";
import { and, eq, gte, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import { audit } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { startOfDay } from "@/lib/format/dates";
import type { AuditFilter } from "./schemas";

/** The rows a filter means. */
export function auditWhere(filter: AuditFilter): SQL | undefined {
  const { actor, action, target, outcome } = filter;
  const from = filter.from ? startOfDay(filter.from, env().TZ_DISPLAY) : null;
  const end = filter.to ? startOfDay(dayAfter(filter.to), env().TZ_DISPLAY) : null;
  return and(
    actor ? ilike(audit.actorName, `%${literal(actor)}%`) : undefined,
    action
      ? action.includes(".")
        ? eq(audit.action, action)
        : ilike(audit.action, `${literal(action)}.%`)
      : undefined,
    target
      ? or(eq(audit.targetId, target), eq(sql`lower(${audit.detail}->>'username')`, target.toLowerCase()))
      : undefined,
    outcome ? eq(audit.outcome, outcome) : undefined,
    from ? gte(audit.at, from) : undefined,
    end ? lt(audit.at, end) : undefined,
  );
}

/** What LIKE would read as a pattern stands for itself. */
const literal = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
