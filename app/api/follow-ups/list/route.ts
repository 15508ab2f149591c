import { listFollowUps } from "@/lib/follow-ups";
import { listFollowUpsSchema } from "@/lib/follow-ups/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "followUps.list",
  role: "support",
  input: listFollowUpsSchema,
  verb: listFollowUps,
});
