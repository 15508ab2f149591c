import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { packRows } from "@/app/(console)/_components/pack-rows";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { operationKinds } from "@/lib/operation-kinds";
import { listOperations } from "@/lib/operations";
import { listOperationsSchema } from "@/lib/operations/schemas";
import { pageContext } from "@/lib/web/auth/current-user";
import { OperationsView } from "./_components/operations-view";
import { loadOperationParams, operationQueryOf } from "./search-params";

export async function generateMetadata() {
  const t = await getTranslations("operations");
  return { title: t("title") };
}

export default async function OperationsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const t = await getTranslations("operations");
  const params = await loadOperationParams(searchParams);
  const query = operationQueryOf(params);
  // Only the tab knows the text behind "q", so it loads the rows itself.
  const first = params.q
    ? null
    : await listOperations({ ctx, input: listOperationsSchema.parse(query), kinds: operationKinds });
  return (
    <Messages namespaces={["operations"]}>
      <PageHeader title={t("title")} />
      <OperationsView initialQuery={query} initial={first && { ...first, rows: packRows(first.rows) }} />
    </Messages>
  );
}
