import { z } from "zod";
import { ROLES } from "@/lib/core/roles";
import { USERNAME } from "@/lib/core/username";
import { isOneScript } from "./one-script";
import { secondFactorProofSchema } from "./second-factor/schemas";

export const usernameSchema = z
  .string({ error: "required" })
  .trim()
  .min(2, { error: "too_short" })
  .max(64, { error: "too_long" })
  .regex(USERNAME, { error: "bad_format" });

/** The name of a user who is created; that it looks like no other's is checked in the transaction. */
export const newUsernameSchema = usernameSchema.normalize("NFKC").refine(isOneScript, { error: "name_mixes_scripts" });

/** Length, guesses and the name are checked by `assertGoodPassword`, which knows whose it is. */
const passwordSchema = z.string({ error: "required" }).min(1, { error: "required" }).max(256, { error: "too_long" });

export const signInSchema = z.strictObject({
  username: z.string().trim().min(1, { error: "required" }).max(64, { error: "too_long" }),
  password: z.string().min(1, { error: "required" }).max(256, { error: "too_long" }),
});

/** The sign-in form; the server checks again where to go afterwards. */
export const startSessionSchema = signInSchema.extend({ callbackUrl: z.string().max(2048).optional() });

export const demoSignInSchema = z.strictObject({
  role: z.enum(ROLES),
  callbackUrl: z.string().max(2048).optional(),
});

export const createUserSchema = z.strictObject({ username: newUsernameSchema, role: z.enum(ROLES) });
export const userIdSchema = z.strictObject({ userId: z.uuid() });

/** What an administrator can take from somebody's account; it may need a second one's approval. */
export const RESET_KINDS = ["password_reset", "second_factor_reset"] as const;
export type ResetKind = (typeof RESET_KINDS)[number];

export const changeRoleSchema = z.strictObject({ userId: z.uuid(), role: z.enum(ROLES) });
/** `sessionId` selects one; without it all end. */
export const endSessionsSchema = z.strictObject({ userId: z.uuid(), sessionId: z.uuid().optional() });
export const endOwnSessionsSchema = z.strictObject({ sessionId: z.uuid().optional() });
export const changeOwnPasswordSchema = z.strictObject({
  current: z.string().min(1, { error: "required" }).max(256, { error: "too_long" }),
  password: passwordSchema,
});

/** What proves that it is still the session's user: their second factor, if they have one, otherwise the password. */
export const proveIdentitySchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("password"), password: signInSchema.shape.password }),
  z.strictObject({ by: z.literal("second_factor"), proof: secondFactorProofSchema }),
]);
export type Proof = z.output<typeof proveIdentitySchema>;
/** Which proof a user is asked for: the `params` of a refusal "proof_required". `ways`: besides a recovery code. */
export type AskedProof =
  | { by: "password" }
  | { by: "provider"; name: string }
  | { by: "second_factor"; ways: "code" | "passkey" | "code_passkey" };

const token = z.string().min(20).max(128);
export const linkTokenSchema = z.strictObject({ token });
export const redeemLinkSchema = z.strictObject({
  token,
  username: newUsernameSchema.optional(),
  password: passwordSchema,
});

/** A one-time link to give to a user; shown once. `path` is on this site, `expiresAt` ISO. */
export type LinkToHandOver = { username: string; path: string; expiresAt: string };

/** Begin a way to the provider of single sign-on: to sign in, or to use a one-time link. The path is checked again. */
export const beginSingleSignOnSchema = z.strictObject({ callbackUrl: z.string().max(2048).optional() });
export const redeemByProviderSchema = z.strictObject({ token });

export {
  addPasskeySchema,
  confirmTotpSchema,
  finishSignInSchema,
  passkeySignInSchema,
  removePasskeySchema,
  type SecondFactorMethods,
  type SecondFactorProof,
  secondFactorProofSchema,
} from "./second-factor/schemas";
