import { startSessionSchema } from "@/lib/users/schemas";
import { startSession } from "@/lib/web/auth/start-session";
import { definePublicPostRoute } from "@/lib/web/route";

/**
 * Sign in over an open page. A route and not an action: after an action that sets a cookie Next renders the page again,
 * with the request's old cookies, and the redirect to the sign-in page would take the open form away.
 */
export const POST = definePublicPostRoute({
  name: "auth.sign_in_again",
  input: startSessionSchema,
  verb: startSession,
});
