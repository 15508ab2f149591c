import { readIncident } from "@/lib/settings";
import { nothingSchema } from "@/lib/settings/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "incident.read",
  role: "support",
  input: nothingSchema,
  verb: readIncident,
});
