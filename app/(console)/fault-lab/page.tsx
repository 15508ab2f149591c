import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { PageHeader } from "@/components/page-header";
import { env } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { readFaultLab } from "@/lib/fault-lab";
import { pageContext } from "@/lib/web/auth/current-user";
import { LabView } from "./_components/fault-lab-view";

export async function generateMetadata() {
  const t = await getTranslations("lab");
  return { title: t("title") };
}

/** Exists only with a sandbox. */
export default async function LabPage() {
  const { ctx, denied } = await pageContext("admin");
  if (denied) return <DeniedState />;
  if (!env().SANDBOX_URL) notFound();
  const [t, lab] = await Promise.all([
    getTranslations("lab"),
    readFaultLab({ ctx }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "unavailable") return null;
      throw error;
    }),
  ]);
  return (
    <Messages namespaces={["lab"]}>
      <PageHeader title={t("title")} note={t("intro")} />
      <LabView initial={lab} />
    </Messages>
  );
}
