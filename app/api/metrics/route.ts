import { unstable_rethrow } from "next/navigation";
import { noteRefusal } from "@/lib/audit";
import { AppError } from "@/lib/core/errors";
import { requestIdNow } from "@/lib/core/request-scope";
import { readMetrics } from "@/lib/monitoring";
import { reportError } from "@/lib/web/action";
import { requireRole } from "@/lib/web/auth/current-user";
import { markAccess } from "@/lib/web/auth/endpoint-access";
import { checkMetricsToken } from "@/lib/web/auth/metrics-token";
import { contextFrom } from "@/lib/web/auth/request-context";
import { respondError } from "@/lib/web/route";

export const dynamic = "force-dynamic";

const endpoint = { name: "metrics.read", role: "admin" } as const;

/** Prometheus text, for a scraper that shows METRICS_TOKEN, or an admin's session. With the token nothing waits for the database. */
export const GET = markAccess(async ({ headers }: Request): Promise<Response> => {
  const requestId = requestIdNow();
  try {
    const verdict = checkMetricsToken(headers.get("authorization"));
    if (verdict === "none") await requireRole(endpoint.role, { endpoint: endpoint.name, requestId });
    if (verdict === "wrong" || verdict === "too_many") void noteWrongToken(headers);
    if (verdict === "wrong") throw new AppError("not_signed_in");
    // Without a line in the log: these come by the thousand.
    if (verdict === "too_many") return respondError({ code: "too_many", key: "too_many", requestId });
    const type = { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" };
    return new Response(await readMetrics(), { headers: type });
  } catch (error) {
    unstable_rethrow(error);
    return respondError(reportError(endpoint.name, error, requestId));
  }
}, endpoint);

/** A try is audited, by the thousand in counts. */
const noteWrongToken = (headers: Headers): Promise<void> =>
  noteRefusal({
    ctx: contextFrom(headers),
    entry: {
      action: "access.request_refused",
      targetKind: "request",
      targetId: "metrics_token",
      outcome: "refused",
      detail: {},
    },
    alone: 1,
  });
