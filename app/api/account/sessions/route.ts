import { nothingSchema } from "@/lib/core/schemas";
import { listOwnSessions } from "@/lib/users";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "account.sessions",
  role: "support",
  input: nothingSchema,
  verb: listOwnSessions,
});
