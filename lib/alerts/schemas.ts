import { z } from "zod";

const text = (most: number) =>
  z.string({ error: "required" }).trim().min(1, { error: "required" }).max(most, { error: "too_long" });
const optionalText = (most: number) => z.string({ error: "required" }).trim().max(most, { error: "too_long" });

/** Which hosts may be reached is checked when it is saved and again when something is sent. */
const url = text(2_000).refine(
  (given) => {
    const parsed = URL.parse(given);
    return parsed !== null && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.password && !parsed.hash;
  },
  { error: "not_a_url" },
);

/** As Standard Webhooks has it: "whsec_" and 24 to 64 bytes in base64. */
const webhookSecret = text(200).refine(
  (given) => {
    const bytes = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(given)?.[1];
    const length = bytes ? atobLength(bytes) : 0;
    return length >= 24 && length <= 64;
  },
  { error: "not_a_webhook_secret" },
);

const atobLength = (base64: string): number => Math.floor((base64.replace(/=+$/, "").length * 3) / 4);

const address = z.email({ error: "not_an_email" }).max(254, { error: "too_long" });

/** Where a channel sends, with its secrets: write only. A robot's `secret` is "" where it does not sign. */
export const channelConfigSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("wecom"), url }),
  z.strictObject({ kind: z.literal("dingtalk"), url, secret: optionalText(200) }),
  z.strictObject({ kind: z.literal("feishu"), url, secret: optionalText(200) }),
  z.strictObject({ kind: z.literal("webhook"), url, secret: webhookSecret }),
  z.strictObject({
    kind: z.literal("email"),
    host: text(253).regex(/^[A-Za-z0-9._:-]+$/, { error: "bad_format" }),
    port: z
      .number({ error: "not_a_number" })
      .int({ error: "not_a_number" })
      .min(1, { error: "out_of_range" })
      .max(65_535, { error: "out_of_range" }),
    /** "none" only with a host of ALERT_PRIVATE_HOSTS. */
    security: z.enum(["tls", "starttls", "none"]),
    user: optionalText(254),
    password: z.string({ error: "required" }).max(1_000, { error: "too_long" }),
    from: address,
    to: address,
  }),
]);
export type ChannelConfig = z.output<typeof channelConfigSchema>;

/** Add a channel (under an id of the caller's) or change one; without `config` the address stays as it is. */
export const saveChannelSchema = z.strictObject({
  channelId: z.uuid(),
  name: text(60),
  on: z.boolean(),
  config: channelConfigSchema.nullable(),
});

export const channelSchema = z.strictObject({ channelId: z.uuid() });
