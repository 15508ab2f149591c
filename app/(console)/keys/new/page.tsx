import { randomUUID } from "node:crypto";
import { connection } from "next/server";
import { getTranslations } from "next-intl/server";
import { UpstreamNotice } from "@/app/(console)/_components/upstream-notice";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { Term } from "@/components/ui/term";
import { listBatches } from "@/lib/keys";
import { listBatchesSchema } from "@/lib/keys/schemas";
import { pageContext } from "@/lib/web/auth/current-user";
import { BatchForm } from "./_components/batch-form";

export async function generateMetadata() {
  const t = await getTranslations("keys");
  return { title: t("form.title") };
}

/** The batch's id is generated here, before the form is sent, so that a repeated submit is still one batch. */
export default async function NewBatchPage() {
  await connection();
  const { ctx, denied } = await pageContext("operator");
  const t = await getTranslations("keys");
  if (denied) return <DeniedState />;
  const generating = await listBatches({ ctx, input: listBatchesSchema.parse({ states: ["generating"] }) });
  const busy = generating.rows.map(({ id, keyType }) => ({ id, keyType }));
  return (
    <Messages namespaces={["keys", "approvals"]}>
      <PageHeader title={t("form.title")} about={<Term name="key" />} />
      <UpstreamNotice upstream="potato" className="mb-3 max-w-xl" />
      <BatchForm batchId={randomUUID()} busy={busy} aboutType={<Term name="keyType" />} />
    </Messages>
  );
}
