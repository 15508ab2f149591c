import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DeniedState } from "@/components/feedback/denied-state";
import { Messages } from "@/components/messages";
import { getApproval } from "@/lib/approvals";
import { getApprovalSchema } from "@/lib/approvals/schemas";
import { AppError } from "@/lib/core/errors";
import { pageContext } from "@/lib/web/auth/current-user";
import { ApprovalScreen } from "./_components/approval-screen";

export async function generateMetadata() {
  const t = await getTranslations("approvals");
  return { title: t("title") };
}

export default async function ApprovalPage({ params }: { params: Promise<{ approvalId: string }> }) {
  const { ctx, denied } = await pageContext("operator");
  if (denied) return <DeniedState />;
  const input = getApprovalSchema.safeParse(await params);
  if (!input.success) notFound();
  const approval = await getApproval({ ctx, input: input.data }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <Messages namespaces={["approvals", "operations", "users"]}>
      <ApprovalScreen initial={approval} />
    </Messages>
  );
}
