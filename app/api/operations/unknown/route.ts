import { z } from "zod";
import { countUnknown } from "@/lib/operations";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "operations.unknown",
  role: "support",
  input: z.strictObject({}),
  verb: countUnknown,
});
