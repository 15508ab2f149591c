import { z } from "zod";
import { parseMicro } from "@/lib/format/micro";
import {
  defaultTemplates,
  MAX_TEMPLATE,
  type ReplyKind,
  type ReplyTemplates,
  templateProblem,
} from "@/lib/format/replies/reply-templates";
import { storableText } from "@/lib/format/storable-text";
import { ALERT_RULES, ALERT_SIDE, type AlertRule } from "./alert-rules";
import { SECOND_FACTOR_POLICIES } from "./second-factor-policy";

export { ALERT_RULES, ALERT_SIDE, type AlertRule, SECOND_FACTOR_POLICIES };

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

const dailyAmount = (most: number) =>
  z
    .number({ error: "not_a_number" })
    .int({ error: "not_a_number" })
    .min(0, { error: "out_of_range" })
    .max(most, { error: "out_of_range" });

/** Below this balance of the Talk-Bot account billing shows a warning. */
export const billingLowSchema = z.strictObject({ unit: z.enum(["amount", "points"]), below: decimalSchema });

/** From these sizes on a confirmation requires a typed phrase: calls per transfer, cards per destroy. */
export const typedPhraseSchema = z.strictObject({
  transferCalls: z.number({ error: "not_a_number" }).int().min(1).max(1_000_000_000),
  destroyCards: z.number({ error: "not_a_number" }).int().min(1).max(10_000),
});

const whole = (from: number, to: number) =>
  z
    .number({ error: "not_a_number" })
    .int({ error: "not_a_number" })
    .min(from, { error: "out_of_range" })
    .max(to, { error: "out_of_range" });

/** Above these sizes a fresh proof is required: calls per confirmation, keys per batch. One stays fresh for `minutes`. */
export const stepUpSchema = z.strictObject({
  calls: whole(0, 1_000_000_000),
  keys: whole(0, 1_000_000),
  minutes: whole(1, 60),
});

/** From these sizes on a confirmation needs its user's note: calls per transfer, cards per destroy, keys per batch. */
export const reasonRequiredSchema = z.strictObject({
  calls: whole(1, 1_000_000_000),
  cards: whole(1, 10_000),
  keys: whole(1, 1_000_000),
});

/** How many days the collected history of cards is kept: events and daily use. */
export const retentionSchema = z.strictObject({
  days: z
    .number({ error: "not_a_number" })
    .int({ error: "not_a_number" })
    .min(30, { error: "out_of_range" })
    .max(3_650, { error: "out_of_range" }),
});

/** How many calls a minute the mirror's readings of the whole list may make. */
export const mirrorReadingSchema = z.strictObject({ callsPerMinute: whole(1, 6_000) });

/** Whether a batch that paused because PotatoCloud could not be reached goes on by itself when it is back. */
export const resumeBatchesSchema = z.strictObject({ afterOutage: z.boolean() });

/** At most this much may one user begin in one day: calls moved out of cards, cards destroyed, keys asked for. 0: none. */
export const dailyLimitSchema = z.strictObject({
  callsMoved: dailyAmount(1_000_000_000_000),
  cardsDestroyed: dailyAmount(1_000_000),
  keysMade: dailyAmount(1_000_000),
});

/** By role. Support may do none of it. */
export const dailyLimitsSchema = z.strictObject({ operator: dailyLimitSchema, admin: dailyLimitSchema });

/**
 * How much may leave the console through one user, by role: phones, codes and keys revealed an hour, rows exported a day.
 * Support alone is limited in how many phones and codes it searches for an hour: others may see them.
 */
export const disclosureLimitsSchema = z.strictObject({
  supportReveals: whole(0, 10_000),
  operatorReveals: whole(0, 10_000),
  adminReveals: whole(0, 10_000),
  supportSearches: whole(0, 100_000),
  supportRows: whole(0, 100_000_000),
  operatorRows: whole(0, 100_000_000),
  adminRows: whole(0, 100_000_000),
});

/** Who must have a second factor; SECOND_FACTOR=required and off override it. "operators": and administrators. */
export const secondFactorSchema = z.strictObject({ requiredFor: z.enum(SECOND_FACTOR_POLICIES) });
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

/** A text with placeholders of one customer's data; see `templateProblem` for what is refused. */
const templateSchema = (kind: ReplyKind) =>
  z
    .string({ error: "required" })
    .trim()
    .min(1, { error: "required" })
    .max(MAX_TEMPLATE, { error: "too_long" })
    .transform(storableText)
    .superRefine((text, context) => {
      const message = templateProblem(kind, text);
      if (message) context.addIssue({ code: "custom", message });
    });

const templatesOfLanguage = z.strictObject({
  balance: templateSchema("balance"),
  cards: templateSchema("cards"),
  transfer: templateSchema("transfer"),
  empty: templateSchema("empty"),
  unknown: templateSchema("unknown"),
});

/** What is copied to customers, by language. */
export const replyTemplatesSchema = z.strictObject({ "zh-CN": templatesOfLanguage, en: templatesOfLanguage });

/** `at`: the threshold. `rearm`: where it is well again; beyond the threshold, so that a value at its edge says nothing twice. */
const alertRuleSchema = (side: "below" | "from") =>
  z
    .strictObject({ on: z.boolean(), at: decimalSchema, rearm: decimalSchema, severe: z.boolean() })
    .superRefine(({ at, rearm }, context) => {
      const [threshold, well] = [parseMicro(at) ?? 0n, parseMicro(rearm) ?? 0n];
      if (side === "below" ? well >= threshold : well < threshold) return;
      const message = side === "below" ? "rearm_too_low" : "rearm_too_high";
      context.addIssue({ code: "custom", path: ["rearm"], message });
    });

const alertRulesShape = Object.fromEntries(
  ALERT_RULES.map((rule) => [rule, alertRuleSchema(ALERT_SIDE[rule])]),
) as Record<AlertRule, ReturnType<typeof alertRuleSchema>>;

const timeOfDay = z.string({ error: "required" }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "bad_format" });

/** Alerts to people: in which language, how many messages an hour and channel, when only severe ones, and of what. */
export const alertsSchema = z.strictObject({
  language: z.enum(["zh-CN", "en"]),
  perHour: whole(1, 60),
  quiet: z
    .strictObject({ on: z.boolean(), from: timeOfDay, to: timeOfDay })
    .refine(({ on, from, to }) => !on || from !== to, { path: ["to"], error: "same_time" }),
  rules: z.strictObject(alertRulesShape),
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
export type StepUp = z.output<typeof stepUpSchema>;
export type ReasonRequired = z.output<typeof reasonRequiredSchema>;
export type Retention = z.output<typeof retentionSchema>;
export type MirrorReading = z.output<typeof mirrorReadingSchema>;
export type ResumeBatches = z.output<typeof resumeBatchesSchema>;
export type DailyLimit = z.output<typeof dailyLimitSchema>;
export type DailyLimits = z.output<typeof dailyLimitsSchema>;
export type DisclosureLimits = z.output<typeof disclosureLimitsSchema>;
export type SecondFactorRule = z.output<typeof secondFactorSchema>;
export type SessionLimits = z.output<typeof sessionsSchema>;
export type Alerts = z.output<typeof alertsSchema>;
export type AlertRuleSetting = Alerts["rules"][AlertRule];
export type WritesPaused = z.output<typeof writesPausedSchema>;

/** The values until an admin changes them. */
export const settingDefaults: Settings = {
  billing_low: { unit: "amount", below: "20" },
  typed_phrase: { transferCalls: 5_000, destroyCards: 5 },
  step_up: { calls: 1_000, keys: 200, minutes: 10 },
  reason_required: { calls: 5_000, cards: 5, keys: 200 },
  retention: { days: 400 },
  resume_batches: { afterOutage: true },
  // A call brings a thousand cards: a hundred thousand are read without a pause, a million in nine minutes.
  mirror_reading: { callsPerMinute: 300 },
  second_factor: { requiredFor: "nobody" },
  // No ordinary day meets them: they bound what a stolen session or a colleague with a grudge can do.
  daily_limits: {
    operator: { callsMoved: 10_000_000, cardsDestroyed: 2_000, keysMade: 20_000 },
    admin: { callsMoved: 50_000_000, cardsDestroyed: 10_000, keysMade: 50_000 },
  },
  // Enough for every caller of a busy hour, too few to copy the customers one by one.
  disclosure_limits: {
    supportReveals: 30,
    operatorReveals: 300,
    adminReveals: 300,
    supportSearches: 600,
    supportRows: 20_000,
    operatorRows: 500_000,
    adminRows: 500_000,
  },
  sessions: { idleMinutes: 30, hours: 12 },
  reply_templates: defaultTemplates,
  alerts: {
    language: "zh-CN",
    perHour: 6,
    quiet: { on: false, from: "22:00", to: "08:00" },
    rules: {
      amount: { on: true, at: "20", rearm: "30", severe: true },
      points: { on: false, at: "200000", rearm: "300000", severe: true },
      days_left: { on: true, at: "7", rearm: "10", severe: false },
      keys_left: { on: false, at: "10", rearm: "20", severe: false },
      unknown_age: { on: true, at: "15", rearm: "14", severe: true },
      undecided: { on: true, at: "1", rearm: "0", severe: true },
      upstream_away: { on: true, at: "5", rearm: "0", severe: true },
      mirror_age: { on: true, at: "60", rearm: "30", severe: false },
      drift: { on: true, at: "1", rearm: "0", severe: false },
      backup_age: { on: true, at: "49", rearm: "25", severe: false },
      disk: { on: true, at: "1000", rearm: "1500", severe: true },
    },
  },
};

export type Settings = {
  billing_low: BillingLow;
  typed_phrase: TypedPhrase;
  step_up: StepUp;
  reason_required: ReasonRequired;
  retention: Retention;
  resume_batches: ResumeBatches;
  mirror_reading: MirrorReading;
  daily_limits: DailyLimits;
  disclosure_limits: DisclosureLimits;
  second_factor: SecondFactorRule;
  sessions: SessionLimits;
  reply_templates: ReplyTemplates;
  alerts: Alerts;
};
export type SettingKey = keyof Settings;

/** `was`: the value that was seen when this one was chosen; it must be there still. Left out, whatever is there is replaced. */
const change = <Key extends SettingKey, Value extends z.ZodType>(key: Key, value: Value) =>
  z.strictObject({ key: z.literal(key), value, was: z.unknown().optional() });

export const changeSettingSchema = z.discriminatedUnion("key", [
  change("billing_low", billingLowSchema),
  change("typed_phrase", typedPhraseSchema),
  change("step_up", stepUpSchema),
  change("reason_required", reasonRequiredSchema),
  change("retention", retentionSchema),
  change("resume_batches", resumeBatchesSchema),
  change("mirror_reading", mirrorReadingSchema),
  change("daily_limits", dailyLimitsSchema),
  change("disclosure_limits", disclosureLimitsSchema),
  change("second_factor", secondFactorSchema),
  change("sessions", sessionsSchema),
  change("reply_templates", replyTemplatesSchema),
  change("alerts", alertsSchema),
]);

export const pauseWritesSchema = z.strictObject({ reason: reasonSchema });
export const resumeWritesSchema = z.strictObject({ reason: reasonSchema });
