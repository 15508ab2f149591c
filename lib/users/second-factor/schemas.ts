import { z } from "zod";

const base64url = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\w-]+=*$/);
const extensions = z.object({}).default({});
const attachment = z.enum(["platform", "cross-platform"]).optional();
const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;

/** What a browser's `navigator.credentials.get` answers, as JSON. */
export const passkeyAnswerSchema = z.object({
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal("public-key"),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
  response: z.object({
    clientDataJSON: base64url(4_096),
    authenticatorData: base64url(4_096),
    signature: base64url(8_192),
    userHandle: base64url(128).optional(),
  }),
});

/** What `navigator.credentials.create` answers, as JSON. */
const newPasskeySchema = z.object({
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: z.literal("public-key"),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensions,
  response: z.object({
    clientDataJSON: base64url(4_096),
    attestationObject: base64url(16_384),
    // A transport this list does not know is left out: it is only a hint.
    transports: z
      .array(z.string().max(32))
      .max(16)
      .default([])
      .transform((given) => TRANSPORTS.filter((known) => given.includes(known))),
  }),
});

/** Spaces are typed as they are shown; anything but six digits is no code. */
const oneTimeCodeSchema = z
  .string({ error: "required" })
  .max(32, { error: "bad_code" })
  .transform((text) => text.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, { error: "bad_code" }));

/** What shows that a user has their second factor. */
export const secondFactorProofSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("code"), code: oneTimeCodeSchema }),
  z.strictObject({
    kind: z.literal("recovery_code"),
    code: z.string({ error: "required" }).trim().min(1, { error: "required" }).max(64, { error: "bad_code" }),
  }),
  z.strictObject({ kind: z.literal("passkey"), answer: passkeyAnswerSchema }),
]);

export const confirmTotpSchema = z.strictObject({ code: oneTimeCodeSchema });
export const addPasskeySchema = z.strictObject({
  name: z.string({ error: "required" }).trim().min(1, { error: "required" }).max(64, { error: "too_long" }),
  answer: newPasskeySchema,
});
export const removePasskeySchema = z.strictObject({ passkeyId: z.uuid() });

/** The second step of a sign-in; its ticket is in a cookie. */
export const finishSignInSchema = z.strictObject({
  proof: secondFactorProofSchema,
  callbackUrl: z.string().max(2048).optional(),
});
/** Sign-in by passkey alone. */
export const passkeySignInSchema = z.strictObject({
  answer: passkeyAnswerSchema,
  callbackUrl: z.string().max(2048).optional(),
});

export type SecondFactorProof = z.output<typeof secondFactorProofSchema>;
export type PasskeyAnswer = z.output<typeof passkeyAnswerSchema>;

/** What a user can show at the second step. */
export type SecondFactorMethods = { code: boolean; passkey: boolean };
