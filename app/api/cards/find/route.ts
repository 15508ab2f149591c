import { findSchema } from "@/lib/cards/card-inputs";
import { findCards } from "@/lib/cards/find-cards";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({ name: "cards.find", role: "support", input: findSchema, verb: findCards });
