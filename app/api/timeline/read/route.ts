import { operationKinds } from "@/lib/operation-kinds";
import { readTimeline } from "@/lib/timeline";
import { readTimelineSchema } from "@/lib/timeline/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "timeline.read",
  role: "support",
  input: readTimelineSchema,
  verb: ({ ctx, input }) => readTimeline({ ctx, input, kinds: operationKinds }),
});
