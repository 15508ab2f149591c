import { z } from "zod";

export const ROLES = ["support", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** Roles are a ladder: each may do all the one before it may. */
export const allows = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

export const usernameSchema = z
  .string({ error: "required" })
  .trim()
  .min(2, { error: "too_short" })
  .max(64, { error: "too_long" })
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]*$/u, { error: "bad_format" });

export const passwordSchema = z
  .string({ error: "required" })
  .min(10, { error: "too_short" })
  .max(256, { error: "too_long" });

export const signInSchema = z.strictObject({
  username: z.string().trim().min(1, { error: "required" }).max(64, { error: "too_long" }),
  password: z.string().min(1, { error: "required" }).max(256, { error: "too_long" }),
});

export const createUserSchema = z.strictObject({ username: usernameSchema, role: z.enum(ROLES) });
export const userIdSchema = z.strictObject({ userId: z.uuid() });
export const changeRoleSchema = z.strictObject({ userId: z.uuid(), role: z.enum(ROLES) });
export const redeemLinkSchema = z.strictObject({
  token: z.string().min(20).max(128),
  username: usernameSchema.optional(),
  password: passwordSchema,
});
