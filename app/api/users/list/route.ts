import { nothingSchema } from "@/lib/core/schemas";
import { listUsers } from "@/lib/users";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "users.list", role: "admin", input: nothingSchema, verb: listUsers });
