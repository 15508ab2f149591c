"use server";

import { signInHereSchema } from "@/lib/users/schemas";
import { signInHere } from "@/lib/web/auth/start-session";
import { definePublicAction } from "@/lib/web/public-action";

export const signInAction = definePublicAction({ name: "auth.sign_in", input: signInHereSchema, verb: signInHere });
