"use client";

import type { Env } from "@/lib/core/env";
import type { ConfigurationView, IncidentView } from "@/lib/settings";
import type { Settings } from "@/lib/settings/schemas";
import { BillingLowForm } from "./billing-low-form";
import { ConfigurationPanel } from "./configuration-panel";
import { DailyLimitsForm } from "./daily-limits-form";
import { DisclosureLimitsForm } from "./disclosure-limits-form";
import { IncidentPanel } from "./incident-panel";
import { MirrorReadingForm } from "./mirror-reading-form";
import { ReasonRequiredForm } from "./reason-required-form";
import { ResumeBatchesForm } from "./resume-batches-form";
import { RetentionForm } from "./retention-form";
import { SecondFactorForm } from "./second-factor-form";
import { SessionsForm } from "./sessions-form";
import { StepUpForm } from "./step-up-form";
import { TypedPhraseForm } from "./typed-phrase-form";
import { UpstreamSettingsPanel } from "./upstream-settings-panel";

type Props = {
  settings: Omit<Settings, "alerts" | "reply_templates">;
  incident: IncidentView;
  configuration: ConfigurationView;
  secondFactor: Env["SECOND_FACTOR"];
};

/** The forms and panels of the page. From here on in the browser's part: their elements are then no part of the page's payload. */
export function SettingsView({ settings, incident, configuration, secondFactor }: Props) {
  return (
    <div className="grid items-start gap-4 xl:grid-cols-2">
      <div className="grid gap-4">
        <IncidentPanel initial={incident} />
        <BillingLowForm initial={settings.billing_low} />
        <TypedPhraseForm initial={settings.typed_phrase} />
        <ReasonRequiredForm initial={settings.reason_required} />
        <StepUpForm initial={settings.step_up} />
        <DailyLimitsForm initial={settings.daily_limits} />
        <DisclosureLimitsForm initial={settings.disclosure_limits} />
      </div>
      <div className="grid min-w-0 gap-4">
        {secondFactor !== "off" && (
          <SecondFactorForm initial={settings.second_factor} overridden={secondFactor === "required"} />
        )}
        <SessionsForm initial={settings.sessions} />
        <RetentionForm initial={settings.retention} />
        <MirrorReadingForm initial={settings.mirror_reading} />
        <ResumeBatchesForm initial={settings.resume_batches} />
        <UpstreamSettingsPanel upstreams={configuration.upstreams} />
        <ConfigurationPanel configuration={configuration} />
      </div>
    </div>
  );
}
