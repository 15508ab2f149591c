import { readOverview } from "@/lib/monitoring";
import { nothingSchema } from "@/lib/settings/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "overview.read",
  role: "support",
  input: nothingSchema,
  verb: readOverview,
});
