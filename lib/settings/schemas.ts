import { z } from "zod";

/** A plain decimal, at most 12 digits before and 6 after the point. Never a float: compared in micro-units. */
const decimalSchema = z
  .string({ error: "required" })
  .trim()
  .regex(/^\d{1,12}(\.\d{1,6})?$/, { error: "not_a_decimal" });

const reasonSchema = z
  .string({ error: "required" })
  .trim()
  .min(1, { error: "required" })
  .min(2, { error: "too_short" })
  .max(500, { error: "too_long" });

/** Below this balance of the Talk-Bot account billing shows a warning. */
export const billingLowSchema = z.strictObject({ unit: z.enum(["amount", "points"]), below: decimalSchema });

/** From these sizes on a confirmation requires a typed phrase: calls per transfer, cards per destroy. */
export const typedPhraseSchema = z.strictObject({
  transferCalls: z.number({ error: "not_a_number" }).int().min(1).max(1_000_000_000),
  destroyCards: z.number({ error: "not_a_number" }).int().min(1).max(10_000),
});

/** How many days the collected history of cards is kept: events and daily use. */
export const retentionSchema = z.strictObject({
  days: z
    .number({ error: "not_a_number" })
    .int({ error: "not_a_number" })
    .min(30, { error: "out_of_range" })
    .max(3_650, { error: "out_of_range" }),
});

/** Whether a batch that paused because PotatoCloud could not be reached goes on by itself when it is back. */
export const resumeBatchesSchema = z.strictObject({ afterOutage: z.boolean() });

/** The longest a session may last, hours: the lifetime of its cookie. */
export const MOST_SESSION_HOURS = 24;

/** When a session ends by itself: unused for so long, and so long after the sign-in in any case. */
export const sessionsSchema = z.strictObject({
  idleMinutes: z
    .number({ error: "not_a_number" })
    .int({ error: "not_a_number" })
    .min(5, { error: "out_of_range" })
    .max(240, { error: "out_of_range" }),
  hours: z
    .number({ error: "not_a_number" })
    .int({ error: "not_a_number" })
    .min(1, { error: "out_of_range" })
    .max(MOST_SESSION_HOURS, { error: "out_of_range" }),
});

/** Incident mode: who paused writes, since when (ISO) and why. No row while writes are allowed. */
export const writesPausedSchema = z.object({
  since: z.iso.datetime(),
  by: z.uuid().nullable(),
  byName: z.string(),
  reason: z.string(),
});

export type BillingLow = z.output<typeof billingLowSchema>;
export type TypedPhrase = z.output<typeof typedPhraseSchema>;
export type Retention = z.output<typeof retentionSchema>;
export type ResumeBatches = z.output<typeof resumeBatchesSchema>;
export type SessionLimits = z.output<typeof sessionsSchema>;
export type WritesPaused = z.output<typeof writesPausedSchema>;

/** The values until an admin changes them. */
export const settingDefaults: Settings = {
  billing_low: { unit: "amount", below: "20" },
  typed_phrase: { transferCalls: 5_000, destroyCards: 5 },
  retention: { days: 400 },
  resume_batches: { afterOutage: true },
  sessions: { idleMinutes: 30, hours: 12 },
};

export type Settings = {
  billing_low: BillingLow;
  typed_phrase: TypedPhrase;
  retention: Retention;
  resume_batches: ResumeBatches;
  sessions: SessionLimits;
};
export type SettingKey = keyof Settings;

export const changeSettingSchema = z.discriminatedUnion("key", [
  z.strictObject({ key: z.literal("billing_low"), value: billingLowSchema }),
  z.strictObject({ key: z.literal("typed_phrase"), value: typedPhraseSchema }),
  z.strictObject({ key: z.literal("retention"), value: retentionSchema }),
  z.strictObject({ key: z.literal("resume_batches"), value: resumeBatchesSchema }),
  z.strictObject({ key: z.literal("sessions"), value: sessionsSchema }),
]);

export const pauseWritesSchema = z.strictObject({ reason: reasonSchema });
export const resumeWritesSchema = z.strictObject({ reason: reasonSchema });
