import { findSchema } from "@/lib/cards/schemas";
import { findAll } from "@/lib/find";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "find", role: "support", input: findSchema, verb: findAll });
