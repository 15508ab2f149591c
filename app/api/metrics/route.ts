import { unstable_rethrow } from "next/navigation";
import { newRequestId } from "@/lib/context";
import { readMetrics } from "@/lib/monitoring";
import { reportError } from "@/lib/web/action";
import { requireRole } from "@/lib/web/auth/current-user";
import { markAccess } from "@/lib/web/auth/endpoint-access";
import { respondError } from "@/lib/web/route";

export const dynamic = "force-dynamic";

const endpoint = { name: "metrics.read", role: "admin" } as const;

/** Prometheus text, for an admin's session only. */
export const GET = markAccess(async (): Promise<Response> => {
  const requestId = newRequestId();
  try {
    const ctx = await requireRole(endpoint.role, { endpoint: endpoint.name, requestId });
    const headers = { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" };
    return new Response(await readMetrics({ ctx }), { headers });
  } catch (error) {
    unstable_rethrow(error);
    return respondError(reportError(endpoint.name, error, requestId));
  }
}, endpoint);
