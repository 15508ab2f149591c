import "server-only";
import { and, eq, gte, ilike, lt, or, type SQL, sql } from "drizzle-orm";
import { env } from "@/lib/core/env";
import { beginsWith, contains } from "@/lib/db/like-pattern";
import { audit } from "@/lib/db/schema";
import { endOfDay, startOfDay } from "@/lib/format/dates";
import type { AuditFilter } from "./schemas";

/** The rows a filter means. */
export function auditWhere(filter: AuditFilter): SQL | undefined {
  const { actor, action, target, outcome } = filter;
  const from = filter.from ? startOfDay(filter.from, env().TZ_DISPLAY) : null;
  const end = filter.to ? endOfDay(filter.to, env().TZ_DISPLAY) : null;
  return and(
    actor ? ilike(audit.actorName, contains(actor)) : undefined,
    action
      ? action.includes(".")
        ? eq(audit.action, action)
        : ilike(audit.action, beginsWith(`${action}.`))
      : undefined,
    target
      ? or(eq(audit.targetId, target), eq(sql`lower(${audit.detail}->>'username')`, target.toLowerCase()))
      : undefined,
    outcome ? eq(audit.outcome, outcome) : undefined,
    from ? gte(audit.at, from) : undefined,
    end ? lt(audit.at, end) : undefined,
  );
}
