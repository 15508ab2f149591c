import { z } from "zod";
import { definePostRoute } from "@/lib/route";
import { listUsers } from "@/lib/users/list-users";

export const POST = definePostRoute({ name: "users.list", role: "admin", input: z.strictObject({}), verb: listUsers });
