import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { listApprovals } from "@/lib/approvals";
import { listApprovalsSchema } from "@/lib/approvals/schemas";
import { pageContext } from "@/lib/web/auth/current-user";
import { ApprovalsView } from "./_components/approvals-view";
import { approvalQueryOf, loadApprovalParams } from "./search-params";

export async function generateMetadata() {
  const t = await getTranslations("approvals");
  return { title: t("title") };
}

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, denied } = await pageContext("operator");
  if (denied) return <DeniedState />;
  const t = await getTranslations("approvals");
  const query = approvalQueryOf(await loadApprovalParams(searchParams));
  const first = await listApprovals({ ctx, input: listApprovalsSchema.parse(query) });
  return (
    <Messages namespaces={["approvals"]}>
      <PageHeader title={t("title")} />
      <ApprovalsView initialQuery={query} initial={first} />
    </Messages>
  );
}
