import { useLocale, useTranslations } from "next-intl";
import { useKeyTypeName } from "@/app/(console)/_components/use-key-type-name";
import type { ApprovalView } from "@/lib/approvals";

/** What is asked for, in short: "转让 20,000,000 次", "退回转让 300 次", "生成月卡 × 30,000", "重置“小明”的两步验证". */
export function useApprovalTitle(): (
  approval: Pick<ApprovalView, "kind" | "asked" | "part" | "batch" | "account">,
) => string {
  const t = useTranslations("approvals");
  const locale = useLocale();
  const typeName = useKeyTypeName();
  return ({ kind, asked, part, batch, account }) => {
    if (kind === "password_reset" || kind === "second_factor_reset")
      return t(`what.${kind}`, { name: account?.username ?? "" });
    const count = asked ?? 0;
    if (kind === "transfer" && part) return t(`what.transfer_${part}`, { count });
    if (kind === "destroy" && part === "merge") return t("what.destroy_merge", { count });
    if (kind !== "generate") return t(`what.${kind}`, { count });
    return t("what.generate", { count, type: typeName(batch?.keyType ?? -1).toLocaleLowerCase(locale) });
  };
}
