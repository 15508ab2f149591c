import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
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
  const query = operationQueryOf(await loadOperationParams(searchParams));
  const first = await listOperations({ ctx, input: listOperationsSchema.parse(query), kinds: operationKinds });
  return (
    <Messages namespaces={["operations"]}>
      <PageHeader title={t("title")} />
      <OperationsView initialQuery={query} initial={first} />
    </Messages>
  );
}
