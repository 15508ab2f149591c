import "server-only";
import { startAuditKeeper } from "@/lib/audit";
import { systemContext } from "@/lib/context";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { logConsole } from "@/lib/core/log-console";
import { keepParamsOffConsole } from "@/lib/core/log-error";
import { database } from "@/lib/db/client";
import { operationKinds } from "@/lib/operation-kinds";
import { recoverOperations } from "@/lib/operations";
import { stopAndWait } from "@/lib/process/in-flight";
import { startInstance } from "@/lib/process/instance";
import { drain, setupLink, startUpFlags } from "@/lib/process/process-slots";
import { startDriftWriter } from "@/lib/upstream-status";
import { ensureFirstAdmin } from "@/lib/users";
import { auditGateRefusals } from "./audit-gate-refusals";
import { startJobs } from "./jobs/start-jobs";
import { measureRequests } from "./measure-requests";
import { startReconciler } from "./reconciler";
import { startTracing } from "./tracing/start-tracing";
import { waitForDatabase } from "./wait-for-database";

/** Of a stop's time what stays for all that comes after operations in flight, ms. */
const LAST_MS = 2_000;
/** How long the audit's last records may take to get their numbers then, ms; the next start gives them else. */
const LAST_SEAL_MS = 3_000;

/** Start this process's part of Cardesk, or end the process: half started it would seem alive and serve nothing. */
export async function startUp(): Promise<void> {
  try {
    await waitForDatabase();
    await begin();
  } catch (error) {
    log().fatal({ err: error }, "could not start; the supervisor restarts this process");
    process.exit(1);
  }
}

/**
 * Everything that must be done before the first request: register this instance, resolve what dead instances left to
 * "unknown" or "not sent", create the first admin, start the jobs.
 */
async function begin(): Promise<void> {
  // Who develops reads a terminal.
  if (env().NODE_ENV === "production") logConsole(log());
  else keepParamsOffConsole();
  const stopTracing = await startTracing();
  measureRequests();
  const flags = { database: false, recovery: false, jobs: false };
  startUpFlags.value = flags;
  const instance = await startInstance();
  flags.database = true;
  const ctx = systemContext();
  const recovered = await recoverOperations({ ctx });
  flags.recovery = true;
  setupLink.value = (await ensureFirstAdmin({ ctx })) ?? undefined;
  const stopReconciler = startReconciler(operationKinds);
  const driftWriter = startDriftWriter(database().db);
  const stopJobs = await startJobs();
  const stopAuditKeeper = startAuditKeeper();
  auditGateRefusals();
  flags.jobs = true;
  log().info({ instance: instance.id, recovered }, "started");

  drain.value = async (leftMs) => {
    flags.jobs = false;
    const graceMs = Math.max(0, leftMs - LAST_MS);
    const grace = new Promise<void>((resolve) => setTimeout(resolve, graceMs).unref());
    await Promise.race([Promise.all([stopAndWait(), stopReconciler(), stopJobs(graceMs)]), grace]);
    await driftWriter.stop();
    await Promise.race([stopAuditKeeper(), new Promise<void>((resolve) => setTimeout(resolve, LAST_SEAL_MS).unref())]);
    await stopTracing();
    await instance.stop();
    await database().pool.end();
  };
}
