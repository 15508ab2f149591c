import { readTags } from "@/lib/cards";
import { cardUseSchema } from "@/lib/cards/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "cards.tags", role: "support", input: cardUseSchema, verb: readTags });
