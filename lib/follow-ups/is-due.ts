import "server-only";
import { type Placeholder, type SQL, sql } from "drizzle-orm";
import { followUp, operation } from "@/lib/db/schema";
import { FINAL_STATES } from "@/lib/operations/types";

/** Whether an open follow-up is due: its time has come, or its operation's state is final. */
export const isDueAt = (now: Date | Placeholder): SQL<boolean> => sql`(${followUp.state} = 'open' and (
  coalesce(${followUp.dueAt} <= ${now instanceof Date ? now.toISOString() : now}::timestamptz, false) or exists (
    select 1 from ${operation} where ${operation.id} = ${followUp.operationId}
      and ${operation.state} = any(${sql.param([...FINAL_STATES])}::text[]))))`;
