import { findCards } from "@/lib/cards";
import { findSchema } from "@/lib/cards/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "cards.find", role: "support", input: findSchema, verb: findCards });
