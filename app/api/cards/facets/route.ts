import { cardFacets } from "@/lib/cards";
import { nothingSchema } from "@/lib/cards/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "cards.facets", role: "support", input: nothingSchema, verb: cardFacets });
