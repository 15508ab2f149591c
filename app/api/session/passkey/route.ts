import { nothingSchema } from "@/lib/core/schemas";
import { askSignInPasskey } from "@/lib/web/auth/finish-session";
import { definePublicPostRoute } from "@/lib/web/route";

/** What a passkey has to sign at the second step of a sign-in. */
export const POST = definePublicPostRoute({
  name: "auth.second_factor_passkey",
  input: nothingSchema,
  verb: askSignInPasskey,
});
