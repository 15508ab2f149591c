import { unstable_rethrow } from "next/navigation";
import { reportError } from "@/lib/action";
import { markAccess } from "@/lib/auth/access";
import { requireRole } from "@/lib/auth/current";
import { newRequestId } from "@/lib/context";
import { httpStatusOf } from "@/lib/errors";
import { readMetrics } from "@/lib/health/read-metrics";

export const dynamic = "force-dynamic";

const door = { name: "metrics.read", role: "admin" } as const;

/** Prometheus text, for an admin's session only. */
export const GET = markAccess(async (): Promise<Response> => {
  const requestId = newRequestId();
  try {
    const ctx = await requireRole(door.role, { door: door.name, requestId });
    const headers = { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" };
    return new Response(await readMetrics({ ctx }), { headers });
  } catch (error) {
    unstable_rethrow(error);
    const body = reportError(door.name, error, requestId);
    return Response.json({ error: body }, { status: httpStatusOf[body.code] });
  }
}, door);
