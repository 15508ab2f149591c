import { readUpstreamStatus } from "@/lib/health/read-upstream-status";
import { definePostRoute } from "@/lib/route";
import { nothingSchema } from "@/lib/settings/schemas";

export const POST = definePostRoute({
  name: "upstreams.read",
  role: "support",
  input: nothingSchema,
  verb: readUpstreamStatus,
});
