import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { AppError } from "@/lib/core/errors";
import { allows } from "@/lib/core/roles";
import { findCustomer } from "@/lib/customers";
import { findCustomerSchema } from "@/lib/customers/schemas";
import { readSettings } from "@/lib/settings";
import { isConfigured } from "@/lib/upstream";
import { pageContext } from "@/lib/web/auth/current-user";
import { CustomerView } from "./_components/customer-view";

export async function generateMetadata() {
  const t = await getTranslations("customers");
  return { title: t("title") };
}

export default async function CustomerPage({ params }: { params: Promise<{ userId: string }> }) {
  const { ctx, denied } = await pageContext("support");
  if (denied) return <DeniedState />;
  const input = findCustomerSchema.safeParse({ userId: decoded((await params).userId) });
  if (!input.success || !("userId" in input.data)) notFound();
  const about = input.data;
  const [customer, settings] = await Promise.all([
    findCustomer({ ctx, input: about }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") notFound();
      throw error;
    }),
    readSettings({ ctx }),
  ]);
  return (
    <Messages namespaces={["customers", "operations", "timeline", "terms"]}>
      <CustomerView
        about={about}
        initial={customer}
        templates={settings.reply_templates}
        self={ctx.actor.name}
        canWrite={allows(ctx.actor.role, "operator")}
        live={isConfigured("espai")}
      />
    </Messages>
  );
}

/** A user id comes from the upstream: it may have any characters. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
