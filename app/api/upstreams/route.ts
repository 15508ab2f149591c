import { readUpstreamStatus } from "@/lib/monitoring";
import { nothingSchema } from "@/lib/settings/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "upstreams.read",
  role: "support",
  input: nothingSchema,
  verb: readUpstreamStatus,
});
