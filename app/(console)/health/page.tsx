import { getTranslations } from "next-intl/server";
import { AlertsNotice } from "@/app/(console)/_components/alerts-notice";
import { SecondFactorNotice } from "@/app/(console)/_components/second-factor-notice";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { ButtonLink } from "@/components/ui/button/button-link";
import { readHealth } from "@/lib/monitoring";
import { pageContext } from "@/lib/web/auth/current-user";
import { HealthView } from "./_components/health-view";

export async function generateMetadata() {
  const t = await getTranslations("health");
  return { title: t("title") };
}

export default async function HealthPage() {
  const { ctx, denied } = await pageContext("admin");
  if (denied) return <DeniedState />;
  const [t, health] = await Promise.all([getTranslations("health"), readHealth({ ctx })]);
  return (
    <Messages namespaces={["health", "terms"]}>
      <PageHeader
        title={t("title")}
        note={t("asOf")}
        actions={<ButtonLink href="/settings/alerts">{t("alerts")}</ButtonLink>}
      />
      <SecondFactorNotice ctx={ctx} />
      <AlertsNotice ctx={ctx} />
      <HealthView initial={health} />
    </Messages>
  );
}
