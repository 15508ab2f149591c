"use server";

import { nothingSchema } from "@/lib/core/schemas";
import { changeOwnPassword, endOwnSessions, proveIdentity } from "@/lib/users";
import { changeOwnPasswordSchema, endOwnSessionsSchema, proveIdentitySchema } from "@/lib/users/schemas";
import { defineAction } from "@/lib/web/action";
import { endSession } from "@/lib/web/auth/end-session";

export const changeOwnPasswordAction = defineAction({
  name: "account.changePassword",
  role: "support",
  input: changeOwnPasswordSchema,
  verb: changeOwnPassword,
});

export const endOwnSessionsAction = defineAction({
  name: "account.endSessions",
  role: "support",
  input: endOwnSessionsSchema,
  verb: endOwnSessions,
});

export const proveIdentityAction = defineAction({
  name: "account.proveIdentity",
  role: "support",
  whileEnrolling: true,
  input: proveIdentitySchema,
  verb: proveIdentity,
});

export const signOutAction = defineAction({
  name: "account.signOut",
  role: "support",
  whileEnrolling: true,
  input: nothingSchema,
  verb: endSession,
});
