import { listViews } from "@/lib/cards";
import { nothingSchema } from "@/lib/core/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "cards.views", role: "support", input: nothingSchema, verb: listViews });
