import { readOverview } from "@/lib/overview/read-overview";
import { definePostRoute } from "@/lib/route";
import { nothingSchema } from "@/lib/settings/schemas";

export const POST = definePostRoute({
  name: "overview.read",
  role: "support",
  input: nothingSchema,
  verb: readOverview,
});
