import { setTimeout as sleep } from "node:timers/promises";
import type { OperationParams } from "../../lib/operations/types.ts";
import { openParams } from "../history/open-params.ts";
import { keyOfCall, keyOfOperation } from "../history/operation-key.ts";
import type { RunContext } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";
import { callUntilAnswered } from "./call-until-answered.ts";

type Unresolved = { id: string; params: OperationParams; sealed: Buffer | null; sentAt: Date };

/**
 * Plays the administrator: resolves what no reading can decide, by what really happened in the sandbox. Runs until the
 * end of the run; returns how many it resolved.
 */
export async function resolveManually(context: RunContext): Promise<number> {
  const random = randomOf(context.seed, "resolver");
  let resolved = 0;
  while (!context.signal.aborted) {
    const rows = await context.db.rows<Unresolved>(
      `select id, params, sealed, sent_at as "sentAt" from operation where state = 'unknown' and needs_manual_resolution is not null`,
    );
    for (const row of rows ?? []) {
      const happened = whatHappened(context, row);
      if (happened === null) continue;
      const input = { operationId: row.id, as: happened ? "applied" : "not_applied", reason: "seen upstream" };
      const result = await callUntilAnswered(context, random, context.admin, "operations.settle", input);
      if (result?.kind === "ok") resolved += 1;
    }
    await sleep(500);
  }
  return resolved;
}

/** Whether the operation took effect; null while a late effect may still come. */
function whatHappened({ upstreams, clock, appKeys }: RunContext, row: Unresolved): boolean | null {
  const sentAt = clock.toOurTime(row.sentAt.getTime());
  const wanted = keyOfOperation(openParams(row, appKeys));
  const call = upstreams.sandbox.store.journal.findLast(
    (each) => each.actor === "caller" && each.at >= sentAt && keyOfCall(each) === wanted,
  );
  if (call?.dueAt) return null;
  return typeof call?.effectAt === "number";
}
