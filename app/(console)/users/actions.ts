"use server";

import { changeRole } from "@/lib/users/change-role";
import { createResetLink } from "@/lib/users/create-reset-link";
import { createUser } from "@/lib/users/create-user";
import { disableUser } from "@/lib/users/disable-user";
import { enableUser } from "@/lib/users/enable-user";
import { endSessions } from "@/lib/users/end-sessions";
import { changeRoleSchema, createUserSchema, endSessionsSchema, userIdSchema } from "@/lib/users/schemas";
import { defineAction } from "@/lib/web/action";

export const createUserAction = defineAction({
  name: "users.create",
  role: "admin",
  input: createUserSchema,
  verb: createUser,
});

export const changeRoleAction = defineAction({
  name: "users.changeRole",
  role: "admin",
  input: changeRoleSchema,
  verb: changeRole,
});

export const createResetLinkAction = defineAction({
  name: "users.createResetLink",
  role: "admin",
  input: userIdSchema,
  verb: createResetLink,
});

export const disableUserAction = defineAction({
  name: "users.disable",
  role: "admin",
  input: userIdSchema,
  verb: disableUser,
});

export const enableUserAction = defineAction({
  name: "users.enable",
  role: "admin",
  input: userIdSchema,
  verb: enableUser,
});

export const endSessionsAction = defineAction({
  name: "users.endSessions",
  role: "admin",
  input: endSessionsSchema,
  verb: endSessions,
});
