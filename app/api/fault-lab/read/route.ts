import { nothingSchema } from "@/lib/core/schemas";
import { readFaultLab } from "@/lib/fault-lab";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "fault-lab.read",
  role: "admin",
  input: nothingSchema,
  verb: readFaultLab,
});
