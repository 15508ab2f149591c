import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { getCard } from "@/lib/cards";
import { AppError } from "@/lib/core/errors";
import { allows } from "@/lib/core/roles";
import { findCustomer } from "@/lib/customers";
import { readSettings } from "@/lib/settings";
import { isConfigured } from "@/lib/upstream";
import { pageContext } from "@/lib/web/auth/current-user";
import { CardView } from "./_components/card-view";

export async function generateMetadata() {
  const t = await getTranslations("cards");
  return { title: t("card.fields") };
}

export default async function CardPage({ params }: { params: Promise<{ id: string }> }) {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const { id } = await params;
  const orNotFound = (error: unknown): never => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  };
  const [card, customer, settings] = await Promise.all([
    getCard({ ctx, input: { id } }).catch(orNotFound),
    findCustomer({ ctx, input: { cardId: id } }).catch(orNotFound),
    readSettings({ ctx }),
  ]);
  const canWrite = allows(ctx.actor.role, "operator");
  return (
    <Messages namespaces={["operations", "timeline", "customers", "terms"]}>
      <CardView
        initial={card}
        customer={customer}
        templates={settings.reply_templates}
        self={ctx.actor.name}
        canWrite={canWrite}
        live={isConfigured("espai")}
      />
    </Messages>
  );
}
