"use server";

import { signInHere } from "@/lib/auth/sign-in-here";
import { definePublicAction } from "@/lib/public-action";
import { signInHereSchema } from "@/lib/users/schemas";

export const signInAction = definePublicAction({ name: "auth.sign_in", input: signInHereSchema, verb: signInHere });
