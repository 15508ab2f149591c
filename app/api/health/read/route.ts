import { readHealth } from "@/lib/health/read-health";
import { definePostRoute } from "@/lib/route";
import { nothingSchema } from "@/lib/settings/schemas";

export const POST = definePostRoute({ name: "health.read", role: "admin", input: nothingSchema, verb: readHealth });
