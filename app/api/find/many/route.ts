import { findMany } from "@/lib/find";
import { findManySchema, MAX_PASTED_BODY } from "@/lib/find/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "find.many",
  role: "support",
  input: findManySchema,
  maxBody: MAX_PASTED_BODY,
  verb: findMany,
});
