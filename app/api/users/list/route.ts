import { z } from "zod";
import { listUsers } from "@/lib/users";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "users.list", role: "admin", input: z.strictObject({}), verb: listUsers });
