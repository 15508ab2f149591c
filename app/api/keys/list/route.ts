import { listKeys } from "@/lib/keys";
import { listKeysSchema } from "@/lib/keys/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "keys.list", role: "support", input: listKeysSchema, verb: listKeys });
