import { getTranslations } from "next-intl/server";
import { SecondFactorNotice } from "@/app/(console)/_components/second-factor-notice";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button/button-link";
import { env } from "@/lib/core/env";
import { readConfiguration, readIncident, readSettings } from "@/lib/settings";
import { pageContext } from "@/lib/web/auth/current-user";
import { BillingLowForm } from "./_components/billing-low-form";
import { ConfigurationPanel } from "./_components/configuration-panel";
import { DailyLimitsForm } from "./_components/daily-limits-form";
import { DisclosureLimitsForm } from "./_components/disclosure-limits-form";
import { IncidentPanel } from "./_components/incident-panel";
import { MirrorReadingForm } from "./_components/mirror-reading-form";
import { ReasonRequiredForm } from "./_components/reason-required-form";
import { ResumeBatchesForm } from "./_components/resume-batches-form";
import { RetentionForm } from "./_components/retention-form";
import { SecondFactorForm } from "./_components/second-factor-form";
import { SessionsForm } from "./_components/sessions-form";
import { StepUpForm } from "./_components/step-up-form";
import { TypedPhraseForm } from "./_components/typed-phrase-form";
import { UpstreamSettingsPanel } from "./_components/upstream-settings-panel";

export async function generateMetadata() {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

export default async function SettingsPage() {
  const { ctx, denied } = await pageContext("admin");
  if (denied) return <DeniedState />;
  const [t, settings, incident] = await Promise.all([
    getTranslations("settings"),
    readSettings({ ctx }),
    readIncident({ ctx }),
  ]);
  const configuration = readConfiguration();
  const secondFactor = env().SECOND_FACTOR;
  return (
    <Messages namespaces={["settings", "terms"]}>
      <PageHeader
        title={t("title")}
        actions={
          <>
            <ButtonLink href="/settings/alerts">{t("alerts")}</ButtonLink>
            <ButtonLink href="/settings/replies">{t("replies")}</ButtonLink>
          </>
        }
      />
      <SecondFactorNotice ctx={ctx} />
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
    </Messages>
  );
}
