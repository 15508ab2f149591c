import { nothingSchema } from "@/lib/core/schemas";
import { countDue } from "@/lib/follow-ups";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "followUps.due", role: "support", input: nothingSchema, verb: countDue });
