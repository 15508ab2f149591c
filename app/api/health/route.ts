import { readDiskSpace } from "@/lib/core/disk-space";
import { allows } from "@/lib/core/roles";
import { readReadiness } from "@/lib/monitoring";
import { unrecordedOutcomes } from "@/lib/process/unrecorded-outcomes";
import { currentActor } from "@/lib/web/auth/current-user";
import { markAccess } from "@/lib/web/auth/endpoint-access";
import { RETRY_AFTER_SECONDS } from "@/lib/web/retry-after";

export const dynamic = "force-dynamic";

/**
 * For load balancers and the launcher: 200 when ready, else 503. `ok` is also false while the database's disk is nearly
 * full: the console still serves whoever looks things up. Details only for an admin; `unrecorded` counts outcomes that
 * are known and stand in this process's memory only.
 */
export const GET = markAccess(
  async (): Promise<Response> => {
    const { ok: ready, ...parts } = await readReadiness();
    const disk = readDiskSpace();
    const ok = ready && !disk?.short;
    const details = {
      ...parts,
      ...(disk && { disk }),
      ...(unrecordedOutcomes() > 0 && { unrecorded: unrecordedOutcomes() }),
    };
    const body = (await mayKnow(parts.database)) ? { ok, ...details } : { ok };
    const headers = { "cache-control": "no-store", ...(!ready && { "retry-after": RETRY_AFTER_SECONDS }) };
    return Response.json(body, { status: ready ? 200 : 503, headers });
  },
  { name: "health.ready", role: "public" },
);

/** Sessions are in the database: while it is away, every caller is anonymous. */
async function mayKnow(databaseAnswers: boolean): Promise<boolean> {
  if (!databaseAnswers) return false;
  const actor = await currentActor().catch(() => null);
  return actor !== null && allows(actor.role, "admin");
}
