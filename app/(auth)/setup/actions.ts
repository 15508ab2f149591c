"use server";

import { redeemHere } from "@/lib/auth/redeem-here";
import { definePublicAction } from "@/lib/public-action";
import { inspectLink } from "@/lib/users/inspect-link";
import { linkTokenSchema, redeemLinkSchema } from "@/lib/users/schemas";

export const inspectLinkAction = definePublicAction({
  name: "auth.link_inspect",
  input: linkTokenSchema,
  verb: inspectLink,
});
export const redeemLinkAction = definePublicAction({
  name: "auth.link_redeem",
  input: redeemLinkSchema,
  verb: redeemHere,
});
