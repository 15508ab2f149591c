import { readLab } from "@/lib/lab/read-lab";
import { readLabSchema } from "@/lib/lab/schemas";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({ name: "lab.read", role: "admin", input: readLabSchema, verb: readLab });
