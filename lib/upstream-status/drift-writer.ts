import "server-only";
import { log } from "@/lib/core/log";
import type { Db } from "@/lib/db/client";
import { type Drift, onDrift } from "@/lib/upstream";
import { type DriftNews, driftKey, recordDrift } from "./record-drift";

export type DriftWriter = {
  /** Write the collected drift now. Never rejects. */
  flush: () => Promise<void>;
  /** Stop listening and write what is left. */
  stop: () => Promise<void>;
};

/**
 * Store the contract drift the upstream clients report: collected for a second and written in one statement, outside
 * the calls. What can't be written is retried with the next report.
 */
export function startDriftWriter(db: Pick<Db, "insert">, gatherMs = 1000): DriftWriter {
  let gathered = new Map<string, DriftNews>();
  let timer: NodeJS.Timeout | undefined;
  let writing = Promise.resolve();

  const write = async () => {
    const batch = gathered;
    gathered = new Map();
    try {
      await recordDrift(db, [...batch.values()]);
    } catch (error) {
      log().warn({ err: error }, "could not store contract drift");
      for (const drift of batch.values()) gather(gathered, drift);
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };
  const forget = onDrift((drifts) => {
    for (const drift of drifts) gather(gathered, { ...newsOf(drift) });
    timer ??= setTimeout(flush, gatherMs).unref();
  });
  return {
    flush,
    stop: () => {
      forget();
      return flush();
    },
  };
}

const newsOf = ({ count: _count, ...drift }: Drift): DriftNews => ({ ...drift, firstAt: drift.lastAt });

function gather(into: Map<string, DriftNews>, drift: DriftNews): void {
  const known = into.get(driftKey(drift));
  if (!known) into.set(driftKey(drift), drift);
  else
    into.set(driftKey(drift), {
      ...(drift.lastAt >= known.lastAt ? drift : known),
      added: known.added + drift.added,
      firstAt: new Date(Math.min(known.firstAt.getTime(), drift.firstAt.getTime())),
    });
}
