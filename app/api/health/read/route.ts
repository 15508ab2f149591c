import { readHealth } from "@/lib/monitoring";
import { nothingSchema } from "@/lib/settings/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "health.read", role: "admin", input: nothingSchema, verb: readHealth });
