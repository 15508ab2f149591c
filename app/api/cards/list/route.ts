import { cardQuerySchema } from "@/lib/cards/card-inputs";
import { listCards } from "@/lib/cards/list-cards";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({ name: "cards.list", role: "support", input: cardQuerySchema, verb: listCards });
