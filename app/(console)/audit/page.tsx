import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { listAudit } from "@/lib/audit";
import { listAuditSchema } from "@/lib/audit/schemas";
import { pageContext } from "@/lib/web/auth/current-user";
import { AuditView } from "./_components/audit-view";
import { auditQueryOf, loadAuditParams } from "./search-params";

export async function generateMetadata() {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, denied } = await pageContext("admin");
  if (denied) return <DeniedState />;
  const params = await loadAuditParams(searchParams);
  const query = auditQueryOf(params);
  // Only the tab knows the card behind "q", so it loads the rows itself.
  const first = params.q ? null : await listAudit({ ctx, input: listAuditSchema.parse(query) });
  return (
    <Messages namespaces={["audit"]}>
      <AuditView initialQuery={query} initial={first} />
    </Messages>
  );
}
