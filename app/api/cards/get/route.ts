import { getCard } from "@/lib/cards";
import { cardIdSchema } from "@/lib/cards/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "cards.get", role: "support", input: cardIdSchema, verb: getCard });
