import { readFaultLab } from "@/lib/fault-lab";
import { readLabSchema } from "@/lib/fault-lab/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "fault-lab.read",
  role: "admin",
  input: readLabSchema,
  verb: readFaultLab,
});
