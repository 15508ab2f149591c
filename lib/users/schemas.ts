import { z } from "zod";
import { ROLES } from "@/lib/core/roles";

export const usernameSchema = z
  .string({ error: "required" })
  .trim()
  .min(2, { error: "too_short" })
  .max(64, { error: "too_long" })
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]*$/u, { error: "bad_format" });

const passwordSchema = z.string({ error: "required" }).min(10, { error: "too_short" }).max(256, { error: "too_long" });

export const signInSchema = z.strictObject({
  username: z.string().trim().min(1, { error: "required" }).max(64, { error: "too_long" }),
  password: z.string().min(1, { error: "required" }).max(256, { error: "too_long" }),
});

/** The sign-in form; the server checks again where to go afterwards. */
export const startSessionSchema = signInSchema.extend({ callbackUrl: z.string().max(2048).optional() });

export const createUserSchema = z.strictObject({ username: usernameSchema, role: z.enum(ROLES) });
export const userIdSchema = z.strictObject({ userId: z.uuid() });
export const changeRoleSchema = z.strictObject({ userId: z.uuid(), role: z.enum(ROLES) });
/** `sessionId` selects one; without it all end. */
export const endSessionsSchema = z.strictObject({ userId: z.uuid(), sessionId: z.uuid().optional() });
export const endOwnSessionsSchema = z.strictObject({ sessionId: z.uuid().optional() });
export const changeOwnPasswordSchema = z.strictObject({
  current: z.string().min(1, { error: "required" }).max(256, { error: "too_long" }),
  password: passwordSchema,
});

const token = z.string().min(20).max(128);
export const linkTokenSchema = z.strictObject({ token });
export const redeemLinkSchema = z.strictObject({
  token,
  username: usernameSchema.optional(),
  password: passwordSchema,
});

/** A one-time link to give to a user; shown once. `path` is on this site, `expiresAt` ISO. */
export type LinkToHandOver = { username: string; path: string; expiresAt: string };

export {
  addPasskeySchema,
  confirmTotpSchema,
  finishSignInSchema,
  passkeySignInSchema,
  proveSchema,
  removePasskeySchema,
  type SecondFactorMethods,
  type SecondFactorProof,
  secondFactorProofSchema,
} from "./second-factor/schemas";
