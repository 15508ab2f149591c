import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { getCard } from "@/lib/cards";
import { AppError } from "@/lib/core/errors";
import { allows } from "@/lib/core/roles";
import { operationKinds } from "@/lib/operation-kinds";
import { listOperations } from "@/lib/operations";
import { listOperationsSchema } from "@/lib/operations/schemas";
import { isConfigured } from "@/lib/upstream";
import { pageContext } from "@/lib/web/auth/current-user";
import { CardView } from "./_components/card-view";
import { operationsOf } from "./operations-of";

export async function generateMetadata() {
  const t = await getTranslations("cards");
  return { title: t("card.fields") };
}

export default async function CardPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const { id } = await params;
  const [card, operations] = await Promise.all([
    getCard({ ctx, input: { id } }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") notFound();
      throw error;
    }),
    listOperations({ ctx, input: listOperationsSchema.parse(operationsOf(id)), kinds: operationKinds }),
  ]);
  const canWrite = allows(ctx.actor.role, "operator");
  return (
    <Messages namespaces={["operations", "timeline"]}>
      <CardView initial={card} operations={operations} canWrite={canWrite} live={isConfigured("espai")} />
    </Messages>
  );
}
