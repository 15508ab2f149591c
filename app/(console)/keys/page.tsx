import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { Term } from "@/components/ui/term";
import { allows } from "@/lib/core/roles";
import { listBatches } from "@/lib/keys";
import { listBatchesSchema } from "@/lib/keys/schemas";
import { pageContext } from "@/lib/web/auth/current-user";
import { BatchesView } from "./_components/batches-view";
import { NewBatchButton } from "./_components/new-batch-button";
import { batchQueryOf, loadBatchParams } from "./search-params";

export async function generateMetadata() {
  const t = await getTranslations("keys");
  return { title: t("title") };
}

export default async function KeysPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const t = await getTranslations("keys");
  const query = batchQueryOf(await loadBatchParams(searchParams));
  const first = await listBatches({ ctx, input: listBatchesSchema.parse(query) });
  return (
    <Messages namespaces={["keys"]}>
      <PageHeader
        title={t("title")}
        about={<Term name="key" />}
        actions={allows(ctx.actor.role, "operator") && <NewBatchButton />}
      />
      <BatchesView initialQuery={query} initial={first} />
    </Messages>
  );
}
