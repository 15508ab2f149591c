import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { ApprovalState } from "./types";

/**
 * How many of an approval's subjects have not begun: operations that are drafts (or no more), a batch not created, a
 * reset not carried out. A batch has whatever id the browser gave it, that of a user too.
 */
export const leftOf: SQL<number> = sql<number>`(
  select count(*)::int from unnest(approval.subject_ids) as subject(id)
  where not exists (select 1 from operation o where o.id = subject.id and o.state <> 'draft')
    and not exists (select 1 from batch b where b.id = subject.id and approval.subject_kind = 'batch')
    and not exists (select 1 from approval_use used where used.approval_id = approval.id))`;

/** Whether who approved it is still an enabled administrator: only then it lets anything through. */
export const approverStands: SQL<boolean> = sql<boolean>`exists (
  select 1 from "user" u where u.id = approval.decided_by and u.role = 'admin' and u.disabled_at is null)`;

/** The state as people see it: "used" and "expired" follow from other rows and the time, and are stored nowhere. */
export const stateAt = (now: Date): SQL<ApprovalState> => sql<ApprovalState>`case
  when approval.state = 'refused' then 'refused'
  when ${leftOf} = 0 then 'used'
  when approval.expires_at <= ${now}::timestamptz then 'expired'
  when approval.state = 'approved' and not ${approverStands} then 'expired'
  else approval.state end`;
