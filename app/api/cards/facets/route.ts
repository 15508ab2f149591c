import { cardFacets } from "@/lib/cards";
import { nothingSchema } from "@/lib/core/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "cards.facets", role: "support", input: nothingSchema, verb: cardFacets });
