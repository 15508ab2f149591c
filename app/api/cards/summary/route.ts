import { summarizeCards } from "@/lib/cards";
import { cardIdsSchema } from "@/lib/cards/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "cards.summary",
  role: "support",
  input: cardIdsSchema,
  verb: summarizeCards,
});
