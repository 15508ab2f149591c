import { listCardIds } from "@/lib/cards";
import { cardIdsSchema } from "@/lib/cards/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "cards.ids", role: "support", input: cardIdsSchema, verb: listCardIds });
