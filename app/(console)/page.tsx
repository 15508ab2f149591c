import { getTranslations } from "next-intl/server";
import { BillingCard } from "@/app/(console)/_overview/billing-card";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { readBilling } from "@/lib/billing";
import { env } from "@/lib/core/env";
import { allows } from "@/lib/core/roles";
import { readOverview } from "@/lib/monitoring";
import { pageContext } from "@/lib/web/auth/current-user";
import { AlertsNotice } from "./_components/alerts-notice";
import { UpstreamNotice } from "./_components/upstream-notice";
import { DemoSteps } from "./_overview/demo-steps";
import { OverviewView } from "./_overview/overview-view";

export async function generateMetadata() {
  const t = await getTranslations("overview");
  return { title: t("title") };
}

export default async function OverviewPage() {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const [overview, billing] = await Promise.all([readOverview({ ctx }), readBilling({ ctx })]);
  return (
    <Messages namespaces={["overview", "terms"]}>
      <OverviewView
        initial={overview}
        canWrite={allows(ctx.actor.role, "operator")}
        notice={
          <>
            <UpstreamNotice upstream="espai" className="mb-4" />
            {allows(ctx.actor.role, "admin") && <AlertsNotice ctx={ctx} />}
            {env().SANDBOX_URL && (
              <DemoSteps
                steps={[
                  { id: "find", href: "/cards" },
                  { id: "transfer", href: allows(ctx.actor.role, "operator") ? "/cards?types=2&min=100" : null },
                  { id: "fault", href: allows(ctx.actor.role, "admin") ? "/fault-lab" : null },
                ]}
              />
            )}
          </>
        }
        billing={<BillingCard initial={billing} />}
      />
    </Messages>
  );
}
