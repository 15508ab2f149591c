"use server";

import { inspectLink } from "@/lib/users";
import { linkTokenSchema, redeemByProviderSchema, redeemLinkSchema } from "@/lib/users/schemas";
import { beginRedeeming } from "@/lib/web/auth/begin-single-sign-on";
import { redeemAndSignIn } from "@/lib/web/auth/redeem-and-sign-in";
import { definePublicAction } from "@/lib/web/public-action";

export const inspectLinkAction = definePublicAction({
  name: "auth.link_inspect",
  input: linkTokenSchema,
  verb: inspectLink,
});
export const redeemLinkAction = definePublicAction({
  name: "auth.link_redeem",
  input: redeemLinkSchema,
  verb: redeemAndSignIn,
});
export const redeemByProviderAction = definePublicAction({
  name: "auth.link_redeem_by_provider",
  input: redeemByProviderSchema,
  verb: beginRedeeming,
});
