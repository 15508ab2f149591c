import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { AppError } from "@/lib/core/errors";
import { allows } from "@/lib/core/roles";
import { operationKinds } from "@/lib/operation-kinds";
import { getOperation } from "@/lib/operations";
import { getOperationSchema } from "@/lib/operations/schemas";
import { pageContext } from "@/lib/web/auth/current-user";
import { OperationScreen } from "./_components/operation-screen";

export async function generateMetadata() {
  const t = await getTranslations("operations");
  return { title: t("title") };
}

export default async function OperationPage({ params }: { params: Promise<{ operationId: string }> }) {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const input = getOperationSchema.safeParse(await params);
  if (!input.success) notFound();
  const operation = await getOperation({ ctx, input: input.data, kinds: operationKinds }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <Messages namespaces={["operations", "transfer", "destroy", "approvals"]}>
      <OperationScreen
        initial={operation}
        canSettle={allows(ctx.actor.role, "admin")}
        canWrite={allows(ctx.actor.role, "operator")}
      />
    </Messages>
  );
}
