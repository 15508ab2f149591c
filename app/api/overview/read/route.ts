import { nothingSchema } from "@/lib/core/schemas";
import { readOverview } from "@/lib/monitoring";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "overview.read",
  role: "support",
  input: nothingSchema,
  verb: readOverview,
});
