import { allows } from "@/lib/core/roles";
import { readReadiness } from "@/lib/monitoring";
import { currentActor } from "@/lib/web/auth/current-user";
import { markAccess } from "@/lib/web/auth/endpoint-access";
import { RETRY_AFTER_SECONDS } from "@/lib/web/retry-after";

export const dynamic = "force-dynamic";

/** For load balancers and the launcher: 200 `{"ok":true}` when ready, else 503. Details only for an admin. */
export const GET = markAccess(
  async (): Promise<Response> => {
    const { ok, ...details } = await readReadiness();
    const body = (await mayKnow(details.database)) ? { ok, ...details } : { ok };
    const headers = { "cache-control": "no-store", ...(!ok && { "retry-after": RETRY_AFTER_SECONDS }) };
    return Response.json(body, { status: ok ? 200 : 503, headers });
  },
  { name: "health.ready", role: "public" },
);

/** Sessions are in the database: while it is away, every caller is anonymous. */
async function mayKnow(databaseAnswers: boolean): Promise<boolean> {
  if (!databaseAnswers) return false;
  const actor = await currentActor().catch(() => null);
  return actor !== null && allows(actor.role, "admin");
}
