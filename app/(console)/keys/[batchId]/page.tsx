import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DeniedState } from "@/components/denied-state";
import { Messages } from "@/components/messages";
import { pageContext } from "@/lib/auth/current";
import { getBatch } from "@/lib/batches/get-batch";
import { batchSchema } from "@/lib/batches/schemas";
import { AppError } from "@/lib/errors";
import { allows } from "@/lib/users/schemas";
import { BatchScreen } from "./_components/batch-screen";

export async function generateMetadata() {
  const t = await getTranslations("keys");
  return { title: t("title") };
}

export default async function BatchPage({ params }: { params: Promise<{ batchId: string }> }) {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const parsed = batchSchema.safeParse(await params);
  if (!parsed.success) notFound();
  const initial = await getBatch({ ctx, input: parsed.data }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <Messages namespaces={["keys"]}>
      <BatchScreen initial={initial} mayWrite={allows(ctx.actor.role, "operator")} />
    </Messages>
  );
}
