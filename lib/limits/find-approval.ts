import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/lib/db/client";
import { approval, type BatchSummary } from "@/lib/db/schema";
import { findOpenApproval, type OpenApproval } from "@/lib/users";
import type { Measure } from "./measure";

/** What is about to begin. An operation's parameters are immutable in its row; a batch has none until it is created. */
export type LimitSubject = { kind: "operation"; id: string } | { kind: "batch"; id: string; summary: BatchSummary };

/** The approval that names exactly this, by which the actor may begin it over their limit; see `findOpenApproval`. */
export const findApproval = (
  tx: Pick<Tx, "select">,
  { actorId, now }: { actorId: string; now: Date },
  measure: Measure,
  subject: LimitSubject,
): Promise<OpenApproval | null> =>
  findOpenApproval(tx, {
    actorId,
    now,
    about: and(
      eq(approval.measure, measure),
      eq(approval.subjectKind, subject.kind),
      sql`${subject.id}::uuid = any(${approval.subjectIds})`,
      subject.kind === "batch" ? sql`${approval.summary} = ${JSON.stringify(subject.summary)}::jsonb` : undefined,
    ),
  });
