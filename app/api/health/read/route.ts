import { nothingSchema } from "@/lib/core/schemas";
import { readHealth } from "@/lib/monitoring";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "health.read", role: "admin", input: nothingSchema, verb: readHealth });
