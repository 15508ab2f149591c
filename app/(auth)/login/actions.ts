"use server";

import { startSessionSchema } from "@/lib/users/schemas";
import { startSession } from "@/lib/web/auth/start-session";
import { definePublicAction } from "@/lib/web/public-action";

export const signInAction = definePublicAction({ name: "auth.sign_in", input: startSessionSchema, verb: startSession });
