import { getTranslations } from "next-intl/server";
import { SecondFactorNotice } from "@/app/(console)/_components/second-factor-notice";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button/button-link";
import { env } from "@/lib/core/env";
import { readConfiguration, readIncident, readSettings } from "@/lib/settings";
import { pageContext } from "@/lib/web/auth/current-user";
import { SettingsView } from "./_components/settings-view";

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
  // Those two have pages of their own; what is not shown here is not sent here.
  const { alerts, reply_templates, ...shown } = settings;
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
      <SettingsView
        settings={shown}
        incident={incident}
        configuration={readConfiguration()}
        secondFactor={env().SECOND_FACTOR}
      />
    </Messages>
  );
}
