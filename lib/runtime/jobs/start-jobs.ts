import "server-only";
import { PgBoss } from "pg-boss";
import { systemContext } from "@/lib/context";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { newRequestId, withRequestId } from "@/lib/core/request-scope";
import { ATTRIBUTE, withSpan } from "@/lib/core/tracing";
import { enqueue, setBoss, tick } from "@/lib/queue";
import { listenToEndedClients } from "./listen-to-ended-clients";
import { jobs } from "./registry";

/**
 * Start the queue and every job in the registry. Returns how to stop: no new jobs, running ones are asked to finish.
 */
export async function startJobs(): Promise<(graceMs: number) => Promise<void>> {
  const options = {
    connectionString: env().DATABASE_URL,
    application_name: "cardesk-jobs",
    max: 4,
    schedule: false,
    // The launcher makes the queue's tables, as their owner; this role may only use them.
    migrate: false,
    createSchema: false,
    reindex: false,
    useListenNotify: true,
    // For pg, which gets these options too: a frozen server would hold the queue's four clients until it is restarted.
    query_timeout: 60_000,
  };
  listenToEndedClients();
  const boss = new PgBoss(options);
  boss.on("error", (error) => log().warn({ err: error }, "queue"));
  await boss.start();
  const stopping = new AbortController();

  for (const job of jobs) {
    // The queue retries nothing: the work of a failed job is found again by the job's schedule or by its row.
    const queue = { retryLimit: 0, expireInSeconds: 3_600, deleteAfterSeconds: 3_600, notify: true };
    await boss.createQueue(job.name, queue);
    await boss.work(job.name, { localConcurrency: job.concurrency, pollingIntervalSeconds: 2 }, async ([row]) => {
      if (!row || stopping.signal.aborted) return;
      const input = job.input.parse(row.data ?? {});
      const work = () => job.handler({ ctx: systemContext(), input, signal: stopping.signal });
      await withRequestId(newRequestId(), () =>
        withSpan(`job ${job.name}`, { [ATTRIBUTE.kind]: "job" }, work).catch((error: unknown) => {
          log().error({ job: job.name, err: error }, "job failed");
          throw error;
        }),
      );
    });
  }
  setBoss(boss);

  const timers = jobs.flatMap((job) => {
    if (!job.everySeconds) return [];
    const every = job.everySeconds();
    // Enqueued, not scheduled: a restart may fall into an interval whose run the previous process did not finish.
    void enqueue(job, {}, "start");
    return [setInterval(() => void tick(job, every), every * 1000).unref()];
  });

  return async (graceMs) => {
    for (const timer of timers) clearInterval(timer);
    stopping.abort();
    setBoss(undefined);
    await boss.stop({ graceful: true, timeout: graceMs, close: true });
  };
}
