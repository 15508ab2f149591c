import { listCards } from "@/lib/cards";
import { cardQuerySchema } from "@/lib/cards/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "cards.list", role: "support", input: cardQuerySchema, verb: listCards });
