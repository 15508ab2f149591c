import "server-only";
import { noteHead } from "@/lib/audit-chain";
import { systemContext } from "@/lib/context";
import { env } from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { database } from "@/lib/db/client";
import { keepRefusals, recordRefusals } from "./refusals";
import { readHead, sealAudit } from "./seal-audit";

const SEAL_EVERY_MS = 1_000;
const NOTE_EVERY_MS = 60_000;

/**
 * Every second it takes the refusals that were counted to the database and seals new records; every minute it notes the
 * chain's head in a file of the data folder and in the log. Neither a full disk nor a database that is away stops it.
 * Returns how to stop; then it does all of that once more, and records every refusal.
 */
export function startAuditKeeper(): () => Promise<void> {
  if (!env().APP_KEYS) log().warn("without APP_KEYS the audit has no chain");
  const keeper = auditKeeper();
  let running = Promise.resolve();
  let busy = false;
  let notedAt = Date.now();
  const tick = async (minute: boolean) => {
    await keeper.keepRefusals();
    await keeper.seal();
    if (!minute) return;
    notedAt = Date.now();
    await keeper.note();
  };
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = tick(Date.now() - notedAt >= NOTE_EVERY_MS).finally(() => {
      busy = false;
    });
  }, SEAL_EVERY_MS).unref();
  return async () => {
    clearInterval(timer);
    await running;
    await keeper.recordRefusals();
    await tick(true);
  };
}

/** The keeper's steps. What fails is logged once until it works again, and tried again. */
export function auditKeeper() {
  let noted = 0;
  const failing = new Set<string>();
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work();
      failing.delete(what);
    } catch (error) {
      if (!failing.has(what)) log().error({ err: error }, what);
      failing.add(what);
    }
  };
  return {
    keepRefusals: () =>
      attempt("refusals could not be taken to the database; they stay counted", () =>
        keepRefusals({ ctx: systemContext() }),
      ),
    recordRefusals: () =>
      attempt("refusals could not be audited; they stay counted", () =>
        recordRefusals({ ctx: systemContext(), all: true }),
      ),
    seal: () =>
      attempt("audit records could not be sealed; they wait", async () => {
        await sealAudit({ ctx: systemContext() });
      }),
    note: () =>
      attempt("the audit's head could not be noted outside the database", async () => {
        const head = await readHead(database().db);
        if (!head || head.seq === noted) return;
        log().info({ seq: head.seq, mac: head.mac }, "audit head");
        await noteHead(env().DATA_DIR, { at: new Date().toISOString(), ...head });
        noted = head.seq;
      }),
  };
}
