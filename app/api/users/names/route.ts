import { nothingSchema } from "@/lib/core/schemas";
import { listUserNames } from "@/lib/users";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "users.names",
  role: "support",
  input: nothingSchema,
  verb: listUserNames,
});
