"use server";

import { nothingSchema } from "@/lib/core/schemas";
import { unlinkIdentity } from "@/lib/users";
import { defineAction } from "@/lib/web/action";
import { beginLinking, beginProving } from "@/lib/web/auth/begin-single-sign-on";

export const beginLinkingAction = defineAction({
  name: "account.beginLinking",
  role: "support",
  input: nothingSchema,
  freshProof: true,
  verb: beginLinking,
});

export const beginProvingAction = defineAction({
  name: "account.beginProving",
  role: "support",
  whileEnrolling: true,
  input: nothingSchema,
  verb: beginProving,
});

export const unlinkIdentityAction = defineAction({
  name: "account.unlinkIdentity",
  role: "support",
  input: nothingSchema,
  freshProof: true,
  verb: unlinkIdentity,
});
