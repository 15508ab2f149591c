import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { listFollowUps } from "@/lib/follow-ups";
import { listFollowUpsSchema } from "@/lib/follow-ups/schemas";
import { pageContext } from "@/lib/web/auth/current-user";
import { FollowUpsView } from "./_components/follow-ups-view";
import { followUpQueryOf, loadFollowUpParams } from "./search-params";

export async function generateMetadata() {
  const t = await getTranslations("customers.followUps");
  return { title: t("title") };
}

export default async function FollowUpsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const t = await getTranslations("customers.followUps");
  const query = followUpQueryOf(await loadFollowUpParams(searchParams));
  const first = await listFollowUps({ ctx, input: listFollowUpsSchema.parse(query) });
  return (
    <Messages namespaces={["customers"]}>
      <PageHeader title={t("title")} />
      <FollowUpsView initialQuery={query} initial={first} />
    </Messages>
  );
}
