import { cardFacets } from "@/lib/cards/card-facets";
import { nothingSchema } from "@/lib/cards/card-inputs";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({ name: "cards.facets", role: "support", input: nothingSchema, verb: cardFacets });
