import { listKeysSchema } from "@/lib/keys/schemas";
import { listKeys } from "@/lib/keys/vault/list-keys";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({ name: "keys.rows", role: "support", input: listKeysSchema, verb: listKeys });
