import { listSessions } from "@/lib/users";
import { userIdSchema } from "@/lib/users/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "users.sessions", role: "admin", input: userIdSchema, verb: listSessions });
