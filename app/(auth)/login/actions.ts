"use server";

import { nothingSchema } from "@/lib/core/schemas";
import { askAnyPasskey } from "@/lib/users";
import {
  beginSingleSignOnSchema,
  demoSignInSchema,
  passkeySignInSchema,
  startSessionSchema,
} from "@/lib/users/schemas";
import { beginSingleSignOn } from "@/lib/web/auth/begin-single-sign-on";
import { startSessionByPasskey } from "@/lib/web/auth/finish-session";
import { startDemoSession } from "@/lib/web/auth/start-demo-session";
import { startSession } from "@/lib/web/auth/start-session";
import { definePublicAction } from "@/lib/web/public-action";

export const signInAction = definePublicAction({ name: "auth.sign_in", input: startSessionSchema, verb: startSession });

export const demoSignInAction = definePublicAction({
  name: "auth.demo_sign_in",
  input: demoSignInSchema,
  verb: startDemoSession,
});

export const beginSingleSignOnAction = definePublicAction({
  name: "auth.single_sign_on_begin",
  input: beginSingleSignOnSchema,
  verb: beginSingleSignOn,
});

export const askPasskeyAction = definePublicAction({
  name: "auth.passkey_ask",
  input: nothingSchema,
  verb: askAnyPasskey,
});

export const passkeySignInAction = definePublicAction({
  name: "auth.passkey_sign_in",
  input: passkeySignInSchema,
  verb: startSessionByPasskey,
});
