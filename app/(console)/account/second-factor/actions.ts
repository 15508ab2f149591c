"use server";

import { nothingSchema } from "@/lib/core/schemas";
import {
  addPasskey,
  beginPasskey,
  beginTotp,
  confirmTotp,
  removePasskey,
  removeTotp,
  renewRecoveryCodes,
} from "@/lib/users";
import { addPasskeySchema, confirmTotpSchema, removePasskeySchema } from "@/lib/users/schemas";
import { defineAction } from "@/lib/web/action";

export const beginTotpAction = defineAction({
  name: "account.beginTotp",
  role: "support",
  input: nothingSchema,
  whileEnrolling: true,
  freshProof: true,
  verb: beginTotp,
});

export const confirmTotpAction = defineAction({
  name: "account.confirmTotp",
  role: "support",
  input: confirmTotpSchema,
  whileEnrolling: true,
  verb: confirmTotp,
});

export const removeTotpAction = defineAction({
  name: "account.removeTotp",
  role: "support",
  input: nothingSchema,
  freshProof: true,
  verb: removeTotp,
});

export const beginPasskeyAction = defineAction({
  name: "account.beginPasskey",
  role: "support",
  input: nothingSchema,
  whileEnrolling: true,
  freshProof: true,
  verb: beginPasskey,
});

export const addPasskeyAction = defineAction({
  name: "account.addPasskey",
  role: "support",
  input: addPasskeySchema,
  whileEnrolling: true,
  verb: addPasskey,
});

export const removePasskeyAction = defineAction({
  name: "account.removePasskey",
  role: "support",
  input: removePasskeySchema,
  freshProof: true,
  verb: removePasskey,
});

export const renewRecoveryCodesAction = defineAction({
  name: "account.renewRecoveryCodes",
  role: "support",
  input: nothingSchema,
  freshProof: true,
  verb: renewRecoveryCodes,
});
