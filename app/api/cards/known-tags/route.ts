import { listTags } from "@/lib/cards";
import { nothingSchema } from "@/lib/core/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "cards.known-tags",
  role: "support",
  input: nothingSchema,
  verb: listTags,
});
