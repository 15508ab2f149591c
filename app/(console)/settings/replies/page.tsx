import { getTranslations } from "next-intl/server";
import { BackLink } from "@/components/back-link";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { readSettings } from "@/lib/settings";
import { pageContext } from "@/lib/web/auth/current-user";
import { ReplyTemplatesForm } from "./_components/reply-templates-form";

export async function generateMetadata() {
  const t = await getTranslations("customers.templates");
  return { title: t("title") };
}

export default async function ReplyTemplatesPage() {
  const { ctx, denied } = await pageContext("admin");
  if (denied) return <DeniedState />;
  const [t, settings] = await Promise.all([getTranslations("customers.templates"), readSettings({ ctx })]);
  return (
    <Messages namespaces={["settings", "customers"]}>
      <PageHeader back={<BackLink href="/settings" />} title={t("title")} />
      <ReplyTemplatesForm initial={settings.reply_templates} />
    </Messages>
  );
}
