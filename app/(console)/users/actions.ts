"use server";

import { pauseBatchesOf } from "@/lib/keys";
import {
  changeRole,
  createResetLink,
  createUser,
  disableUser,
  enableUser,
  endSessions,
  resetSecondFactor,
} from "@/lib/users";
import { changeRoleSchema, createUserSchema, endSessionsSchema, userIdSchema } from "@/lib/users/schemas";
import { defineAction } from "@/lib/web/action";

export const createUserAction = defineAction({
  name: "users.create",
  role: "admin",
  input: createUserSchema,
  freshProof: true,
  verb: createUser,
});

export const changeRoleAction = defineAction({
  name: "users.changeRole",
  role: "admin",
  input: changeRoleSchema,
  freshProof: true,
  verb: ({ ctx, input }) => changeRole({ ctx, input, pauseBatches: pauseBatchesOf }),
});

export const createResetLinkAction = defineAction({
  name: "users.createResetLink",
  role: "admin",
  input: userIdSchema,
  freshProof: true,
  verb: createResetLink,
});

export const disableUserAction = defineAction({
  name: "users.disable",
  role: "admin",
  input: userIdSchema,
  freshProof: true,
  verb: ({ ctx, input }) => disableUser({ ctx, input, pauseBatches: pauseBatchesOf }),
});

export const enableUserAction = defineAction({
  name: "users.enable",
  role: "admin",
  input: userIdSchema,
  freshProof: true,
  verb: enableUser,
});

export const endSessionsAction = defineAction({
  name: "users.endSessions",
  role: "admin",
  input: endSessionsSchema,
  freshProof: true,
  verb: endSessions,
});

export const resetSecondFactorAction = defineAction({
  name: "users.resetSecondFactor",
  role: "admin",
  input: userIdSchema,
  freshProof: true,
  verb: resetSecondFactor,
});
