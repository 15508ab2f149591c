import { getTranslations } from "next-intl/server";
import { BackLink } from "@/components/back-link";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { allows } from "@/lib/core/roles";
import { pageContext } from "@/lib/web/auth/current-user";
import { PasteView } from "./_components/paste-view";

export async function generateMetadata() {
  const t = await getTranslations("paste");
  return { title: t("title") };
}

export default async function PastePage() {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const t = await getTranslations("paste");
  return (
    <Messages namespaces={["paste", "terms"]}>
      <PageHeader back={<BackLink href="/cards" />} title={t("title")} />
      <PasteView canWrite={allows(ctx.actor.role, "operator")} />
    </Messages>
  );
}
