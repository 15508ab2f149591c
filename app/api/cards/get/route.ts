import { cardIdSchema } from "@/lib/cards/card-inputs";
import { getCard } from "@/lib/cards/get-card";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({ name: "cards.get", role: "support", input: cardIdSchema, verb: getCard });
