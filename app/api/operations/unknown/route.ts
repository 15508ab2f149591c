import { z } from "zod";
import { countUnknown } from "@/lib/operations/count-unknown";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({
  name: "operations.unknown",
  role: "support",
  input: z.strictObject({}),
  verb: countUnknown,
});
