import { markAccess } from "@/lib/web/auth/endpoint-access";
import { completeSingleSignOn } from "@/lib/web/complete-single-sign-on";

export const dynamic = "force-dynamic";

/** Where the provider of single sign-on sends the browser back to: the only one of next-auth's addresses there is. */
export const GET = markAccess(completeSingleSignOn, { name: "auth.single_sign_on", role: "public" });
