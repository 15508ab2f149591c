import { nothingSchema } from "@/lib/cards/card-inputs";
import { readSyncStatus } from "@/lib/cards/read-sync-status";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({
  name: "cards.sync",
  role: "support",
  input: nothingSchema,
  verb: readSyncStatus,
});
