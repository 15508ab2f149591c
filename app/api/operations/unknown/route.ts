import { nothingSchema } from "@/lib/core/schemas";
import { countUnknown } from "@/lib/operations";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "operations.unknown",
  role: "support",
  input: nothingSchema,
  verb: countUnknown,
});
