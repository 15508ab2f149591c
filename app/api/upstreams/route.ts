import { nothingSchema } from "@/lib/core/schemas";
import { readUpstreamStatus } from "@/lib/monitoring";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "upstreams.read",
  role: "support",
  input: nothingSchema,
  verb: readUpstreamStatus,
});
