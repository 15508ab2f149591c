import { readDailyUse } from "@/lib/cards";
import { dailyUseSchema } from "@/lib/cards/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "cards.daily_use",
  role: "support",
  input: dailyUseSchema,
  verb: readDailyUse,
});
