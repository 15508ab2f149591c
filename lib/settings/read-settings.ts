import "server-only";
import type { Ctx } from "@/lib/context";
import { log } from "@/lib/core/log";
import { onDefaults } from "./on-defaults";
import {
  alertsSchema,
  billingLowSchema,
  dailyLimitsSchema,
  disclosureLimitsSchema,
  mirrorReadingSchema,
  reasonRequiredSchema,
  replyTemplatesSchema,
  resumeBatchesSchema,
  retentionSchema,
  type SettingKey,
  type Settings,
  secondFactorSchema,
  sessionsSchema,
  settingDefaults,
  stepUpSchema,
  typedPhraseSchema,
} from "./schemas";
import { type StoredSettings, storedSettings } from "./stored-settings";

const schemas = {
  billing_low: billingLowSchema,
  typed_phrase: typedPhraseSchema,
  step_up: stepUpSchema,
  reason_required: reasonRequiredSchema,
  retention: retentionSchema,
  resume_batches: resumeBatchesSchema,
  mirror_reading: mirrorReadingSchema,
  daily_limits: dailyLimitsSchema,
  disclosure_limits: disclosureLimitsSchema,
  second_factor: secondFactorSchema,
  sessions: sessionsSchema,
  reply_templates: replyTemplatesSchema,
  alerts: alertsSchema,
} as const;

/**
 * Every setting, with the default for those never set, and for the parts that an earlier version did not have. A stored value that
 * can't be read counts as never set.
 */
export async function readSettings({ ctx }: { ctx: { db: Pick<Ctx["db"], "select"> } }): Promise<Settings> {
  return settingsOf(await storedSettings(ctx.db));
}

/** The same of what was read already. */
export function settingsOf(stored: StoredSettings): Settings {
  const read = <K extends SettingKey>(key: K, parse: (value: unknown) => Settings[K] | undefined): Settings[K] => {
    const row = stored.get(key);
    if (!row) return settingDefaults[key];
    const value = parse(onDefaults(row.value, settingDefaults[key]));
    if (value === undefined) log().warn({ key }, "stored setting is unreadable; using the default");
    return value ?? settingDefaults[key];
  };
  return {
    billing_low: read("billing_low", (value) => schemas.billing_low.safeParse(value).data),
    typed_phrase: read("typed_phrase", (value) => schemas.typed_phrase.safeParse(value).data),
    step_up: read("step_up", (value) => schemas.step_up.safeParse(value).data),
    reason_required: read("reason_required", (value) => schemas.reason_required.safeParse(value).data),
    retention: read("retention", (value) => schemas.retention.safeParse(value).data),
    resume_batches: read("resume_batches", (value) => schemas.resume_batches.safeParse(value).data),
    mirror_reading: read("mirror_reading", (value) => schemas.mirror_reading.safeParse(value).data),
    daily_limits: read("daily_limits", (value) => schemas.daily_limits.safeParse(value).data),
    disclosure_limits: read("disclosure_limits", (value) => schemas.disclosure_limits.safeParse(value).data),
    second_factor: read("second_factor", (value) => schemas.second_factor.safeParse(value).data),
    sessions: read("sessions", (value) => schemas.sessions.safeParse(value).data),
    reply_templates: read("reply_templates", (value) => schemas.reply_templates.safeParse(value).data),
    alerts: read("alerts", (value) => schemas.alerts.safeParse(value).data),
  };
}
