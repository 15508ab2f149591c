import { listKeysSchema } from "@/lib/batches/schemas";
import { listKeys } from "@/lib/keys/list-keys";
import { definePostRoute } from "@/lib/route";

export const POST = definePostRoute({ name: "keys.rows", role: "support", input: listKeysSchema, verb: listKeys });
