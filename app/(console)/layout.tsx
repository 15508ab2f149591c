import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { ReasonRequiredProvider } from "@/app/(console)/_components/reason-required";
import { AccountMenu } from "@/app/(console)/_shell/account-menu";
import { BillingWidget } from "@/app/(console)/_shell/billing-widget";
import { CountPoller } from "@/app/(console)/_shell/count-poller";
import { FindInput } from "@/app/(console)/_shell/find/find-input";
import { IncidentBanner } from "@/app/(console)/_shell/incident-banner";
import { navItems } from "@/app/(console)/_shell/nav-items";
import { OfflineBanner } from "@/app/(console)/_shell/offline-banner";
import { ProveIdentity } from "@/app/(console)/_shell/prove-identity/prove-identity";
import { SignInAgain } from "@/app/(console)/_shell/sign-in-again";
import { UnknownOutcomePoller } from "@/app/(console)/_shell/unknown-outcome-poller";
import { queryKeys } from "@/app/(console)/query-keys";
import { CommonMessages } from "@/components/common-messages";
import { LazyToaster } from "@/components/feedback/lazy-toaster";
import { NavigationBar } from "@/components/navigation/navigation-bar";
import { NavigationProvider } from "@/components/navigation/navigation-provider";
import { PageSlot } from "@/components/navigation/page-slot";
import { Providers } from "@/components/providers";
import { AppShell } from "@/components/shell/app-shell";
import { Banner } from "@/components/shell/banner";
import { UnreachableWorker } from "@/components/unreachable-worker";
import { env } from "@/lib/core/env";
import { allows } from "@/lib/core/roles";
import { readFrame } from "@/lib/monitoring";
import { pageContext } from "@/lib/web/auth/current-user";
import { commonMessagesPath } from "@/lib/web/i18n/common-messages";
// Its code comes with the frame's. As a file of its own the browser asks for it when it reads the page's data, and all waits.
import "./error";

/** Pages that are a title, filters and a table. */
const TABLE_PAGES = ["/cards", "/keys", "/operations", "/follow-ups", "/approvals", "/audit"];

/**
 * The frame of every signed-in page. It checks the session; each page checks its own role. The query cache and the
 * toasts start here, not in the root layout: the sign-in page needs neither.
 */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { ctx } = await pageContext("support");
  const [t, { unknown, waiting, due, billing, incident, settings }] = await Promise.all([
    getTranslations("shell"),
    readFrame({ ctx }),
  ]);
  const messages = commonMessagesPath(await getLocale());
  return (
    <CommonMessages path={messages}>
      {/* Asked for with the scripts, not by them. */}
      <link rel="preload" as="fetch" href={messages} crossOrigin="anonymous" />
      <Providers>
        <NavigationProvider>
          <AppShell
            nav={navItems(
              ctx.actor.role,
              {
                unknown: unknown.unknown,
                waiting: waiting.waiting,
                due: due.due,
                sandbox: env().SANDBOX_URL !== undefined,
              },
              t,
            )}
            userMenu={<AccountMenu name={ctx.actor.name} role={t(`roles.${ctx.actor.role}`)} />}
            find={<FindInput />}
            billing={<BillingWidget initial={billing} />}
            banners={
              <>
                {env().SANDBOX_URL && <Banner kind="sandbox">{t("sandbox")}</Banner>}
                <IncidentBanner initial={incident} />
                <OfflineBanner />
              </>
            }
          >
            <PageSlot tables={TABLE_PAGES}>
              <ReasonRequiredProvider value={settings.reason_required}>{children}</ReasonRequiredProvider>
            </PageSlot>
          </AppShell>
          <NavigationBar />
        </NavigationProvider>
        <UnknownOutcomePoller initial={unknown} />
        {allows(ctx.actor.role, "operator") && (
          <CountPoller queryKey={[...queryKeys.approvals, "waiting"]} path="/api/approvals/waiting" initial={waiting} />
        )}
        <CountPoller queryKey={[...queryKeys.followUps, "due"]} path="/api/follow-ups/due" initial={due} />
        <ProveIdentity username={ctx.actor.name} />
        <SignInAgain userId={ctx.actor.id} username={ctx.actor.name} />
        <UnreachableWorker />
        <LazyToaster />
      </Providers>
    </CommonMessages>
  );
}
