import { definePostRoute } from "@/lib/route";
import { readIncident } from "@/lib/settings/read-incident";
import { nothingSchema } from "@/lib/settings/schemas";

export const POST = definePostRoute({
  name: "incident.read",
  role: "support",
  input: nothingSchema,
  verb: readIncident,
});
