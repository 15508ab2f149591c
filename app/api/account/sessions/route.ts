import { z } from "zod";
import { definePostRoute } from "@/lib/route";
import { listOwnSessions } from "@/lib/users/list-sessions";

export const POST = definePostRoute({
  name: "account.sessions",
  role: "support",
  input: z.strictObject({}),
  verb: listOwnSessions,
});
