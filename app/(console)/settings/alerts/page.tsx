import { getTranslations } from "next-intl/server";
import { BackLink } from "@/components/back-link";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { readAlerts } from "@/lib/alerts";
import { readSettings } from "@/lib/settings";
import { pageContext } from "@/lib/web/auth/current-user";
import { AlertsForm } from "./_components/alerts-form";
import { ChannelsPanel } from "./_components/channels-panel";
import { DeliveriesTable } from "./_components/deliveries-table";
import { FiringPanel } from "./_components/firing-panel";

export async function generateMetadata() {
  const t = await getTranslations("alerts");
  return { title: t("title") };
}

export default async function AlertsPage() {
  const { ctx, denied } = await pageContext("admin");
  if (denied) return <DeniedState />;
  const [t, settings, view] = await Promise.all([
    getTranslations("alerts"),
    readSettings({ ctx }),
    readAlerts({ ctx }),
  ]);
  return (
    <Messages namespaces={["settings", "alerts"]}>
      <PageHeader back={<BackLink href="/settings" />} title={t("title")} note={t("note")} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <ChannelsPanel channels={view.channels} />
        <FiringPanel firing={view.firing} />
        {/* Across both columns: in one of them what became of a message would be out of sight. */}
        <div className="grid min-w-0 gap-4 xl:col-span-2">
          <DeliveriesTable deliveries={view.deliveries} />
          <AlertsForm initial={settings.alerts} />
        </div>
      </div>
    </Messages>
  );
}
