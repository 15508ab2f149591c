import { z } from "zod";
import { listOwnSessions } from "@/lib/users";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "account.sessions",
  role: "support",
  input: z.strictObject({}),
  verb: listOwnSessions,
});
