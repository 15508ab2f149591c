import { getTranslations } from "next-intl/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { readBilling, readBillingHistory, readForecast, readUsage } from "@/lib/billing";
import { pageContext } from "@/lib/web/auth/current-user";
import { UpstreamNotice } from "../_components/upstream-notice";
import { BillingHistory } from "./_components/billing-history";
import { BillingPanel } from "./_components/billing-panel";
import { ForecastLines } from "./_components/forecast-lines";
import { UsageByDay } from "./_components/usage-by-day";
import { UsageByModel } from "./_components/usage-by-model";

export async function generateMetadata() {
  const t = await getTranslations("billing");
  return { title: t("title") };
}

export default async function BillingPage() {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const [t, billing, history, usage, forecast] = await Promise.all([
    getTranslations("billing"),
    readBilling({ ctx }),
    readBillingHistory({ ctx }),
    readUsage({ ctx }),
    readForecast({ ctx }),
  ]);
  return (
    <Messages namespaces={["billing", "terms"]}>
      <PageHeader title={t("title")} note={t("note")} />
      <UpstreamNotice upstream="talkbot" className="mb-4" />
      <div className="grid gap-4 xl:grid-cols-2">
        <BillingPanel initial={billing} forecast={<ForecastLines forecast={forecast} />} />
        <BillingHistory history={history} />
        <UsageByDay usage={usage} />
        <UsageByModel usage={usage} />
      </div>
    </Messages>
  );
}
