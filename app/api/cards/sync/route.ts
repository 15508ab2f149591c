import { readSyncStatus } from "@/lib/cards";
import { nothingSchema } from "@/lib/core/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "cards.sync",
  role: "support",
  input: nothingSchema,
  verb: readSyncStatus,
});
