import { finishSignInSchema } from "@/lib/users/schemas";
import { finishSession } from "@/lib/web/auth/finish-session";
import { definePublicPostRoute } from "@/lib/web/route";

/** The second step of a sign-in, on the sign-in page and over an open page; a route for the same reason as the first. */
export const POST = definePublicPostRoute({
  name: "auth.second_factor",
  input: finishSignInSchema,
  verb: finishSession,
});
