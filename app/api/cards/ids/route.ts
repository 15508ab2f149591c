import { cardIdsSchema } from "@/lib/cards/card-inputs";
import { listCardIds } from "@/lib/cards/list-card-ids";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({ name: "cards.ids", role: "support", input: cardIdsSchema, verb: listCardIds });
