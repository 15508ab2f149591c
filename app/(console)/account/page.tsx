import { getTranslations } from "next-intl/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { Callout } from "@/components/ui/callout";
import { DescriptionList } from "@/components/ui/description-list";
import { env } from "@/lib/core/env";
import {
  arePasskeysPossible,
  listOwnLinks,
  listOwnSessions,
  MIN_PASSWORD_LENGTH,
  readOwnIdentity,
  readOwnSecondFactor,
} from "@/lib/users";
import { pageContext } from "@/lib/web/auth/current-user";
import { shownRefusal } from "@/lib/web/auth/shown-refusal";
import { OwnLinks } from "./_components/own-links";
import { OwnSessions } from "./_components/own-sessions";
import { PasswordForm } from "./_components/password-form";
import { SecondFactorPanel } from "./second-factor/_components/second-factor-panel";
import { SingleSignOnPanel } from "./single-sign-on/_components/single-sign-on-panel";

export async function generateMetadata() {
  const t = await getTranslations("users.account");
  return { title: t("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AccountPage({ searchParams }: Props) {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const { provider: done, refused } = await searchParams;
  const [t, sessions, links, secondFactor, signIn] = await Promise.all([
    getTranslations("users"),
    listOwnSessions({ ctx }),
    listOwnLinks({ ctx }),
    env().SECOND_FACTOR === "off" ? null : readOwnSecondFactor({ ctx }),
    readOwnIdentity({ ctx }),
  ]);
  const refusal = shownRefusal(refused);
  const hasSecondFactor = secondFactor !== null && (secondFactor.app !== null || secondFactor.passkeys.length > 0);
  return (
    <Messages namespaces={["users", "auth"]}>
      <PageHeader title={t("account.title")} />
      <div className="grid max-w-3xl gap-4">
        {refusal && <ErrorNotice error={refusal} />}
        {(done === "linked" || done === "proved") && (
          <Callout tone="done" role="status" title={t(`singleSignOn.${done}`)} />
        )}
        <Panel title={t("account.profile")}>
          <DescriptionList
            items={[
              { label: t("columns.username"), value: <bdi>{ctx.actor.name}</bdi> },
              { label: t("columns.role"), value: t(`role.${ctx.actor.role}`) },
            ]}
          />
        </Panel>
        {signIn.hasPassword && (
          <Panel title={t("account.passwordTitle")}>
            <PasswordForm
              username={ctx.actor.name}
              minLength={hasSecondFactor ? MIN_PASSWORD_LENGTH.withSecondFactor : MIN_PASSWORD_LENGTH.alone}
            />
          </Panel>
        )}
        {signIn.provider && (
          <Panel title={t("singleSignOn.heading")}>
            <SingleSignOnPanel provider={signIn.provider} identity={signIn.identity} hasPassword={signIn.hasPassword} />
          </Panel>
        )}
        {secondFactor && (
          <Panel title={t("secondFactor.heading")}>
            <SecondFactorPanel view={secondFactor} username={ctx.actor.name} passkeysPossible={arePasskeysPossible()} />
          </Panel>
        )}
        <Panel title={t("account.sessionsTitle")}>
          <OwnSessions initial={sessions} />
        </Panel>
        {links.length > 0 && (
          <Panel title={t("links.title")}>
            <OwnLinks links={links} />
          </Panel>
        )}
      </div>
    </Messages>
  );
}
