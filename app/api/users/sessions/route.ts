import { definePostRoute } from "@/lib/route";
import { listSessions } from "@/lib/users/list-sessions";
import { userIdSchema } from "@/lib/users/schemas";

export const POST = definePostRoute({ name: "users.sessions", role: "admin", input: userIdSchema, verb: listSessions });
