import { nothingSchema } from "@/lib/core/schemas";
import { askOwnPasskey } from "@/lib/users";
import { definePostRoute } from "@/lib/web/route";

/** What one of the caller's passkeys has to sign to prove that it is them. */
export const POST = definePostRoute({
  name: "account.passkey",
  role: "support",
  input: nothingSchema,
  verb: askOwnPasskey,
});
