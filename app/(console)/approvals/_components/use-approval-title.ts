import { useLocale, useTranslations } from "next-intl";
import { useKeyTypeName } from "@/app/(console)/_components/use-key-type-name";
import type { ApprovalView } from "@/lib/approvals";

/** What is asked for, in short: "转让 20,000,000 次", "生成月卡 × 30,000". */
export function useApprovalTitle(): (approval: Pick<ApprovalView, "kind" | "asked" | "batch">) => string {
  const t = useTranslations("approvals");
  const locale = useLocale();
  const typeName = useKeyTypeName();
  return ({ kind, asked, batch }) => {
    if (kind !== "generate") return t(`what.${kind}`, { count: asked });
    return t("what.generate", { count: asked, type: typeName(batch?.keyType ?? -1).toLocaleLowerCase(locale) });
  };
}
