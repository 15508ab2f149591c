import { setTimeout as sleep } from "node:timers/promises";
import type { OperationParams } from "../../lib/operations/types.ts";
import { signatureOfCall, signatureOfOperation } from "../history/operation-key.ts";
import type { Crew } from "../run/run-context.ts";
import { askUntilAnswered } from "../run/run-context.ts";
import { randomOf } from "../run/seeds.ts";

type Undecided = { id: string; params: OperationParams; sentAt: Date };

/** Plays the administrator: settles what no reading can decide, by what a look at the upstream itself shows. */
export async function settleUndecided(crew: Crew): Promise<{ settled: number }> {
  const random = randomOf(crew.seed, "settler");
  const count = { settled: 0 };
  while (!crew.signal.aborted) {
    const rows = await crew.peek.rows<Undecided>(
      `select id, params, sent_at as "sentAt" from operation where state = 'unknown' and needs_manual_resolution is not null`,
    );
    for (const row of rows ?? []) {
      const happened = whatHappened(crew, row);
      if (happened === null) continue;
      const input = { operationId: row.id, as: happened ? "applied" : "not_applied", reason: "seen upstream" };
      const answer = await askUntilAnswered(crew, random, crew.admin, "operations.settle", input);
      if (answer?.kind === "ok") count.settled += 1;
    }
    await sleep(500);
  }
  return count;
}

/** Null while the upstream may still act. */
function whatHappened({ upstreams }: Crew, row: Undecided): boolean | null {
  const wanted = signatureOfOperation(row.params);
  const call = upstreams.sandbox.state.journal.findLast(
    (each) => each.actor === "caller" && each.at >= row.sentAt.getTime() && signatureOfCall(each) === wanted,
  );
  if (call?.dueAt) return null;
  return typeof call?.effectAt === "number";
}
