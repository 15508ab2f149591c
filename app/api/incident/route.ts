import { nothingSchema } from "@/lib/core/schemas";
import { readIncident } from "@/lib/settings";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "incident.read",
  role: "support",
  input: nothingSchema,
  verb: readIncident,
});
