import { useTranslations } from "next-intl";
import type { OperationView } from "@/lib/operations";

const KEY_TYPES = ["0", "1", "2", "3", "4", "5"] as const;

/** What an operation does, in short: "10 次", "月卡 × 10". */
export function useOperationSummary(): (
  operation: Pick<OperationView, "kind" | "amount" | "keyType" | "count">,
) => string {
  const t = useTranslations("operations");
  return ({ kind, amount, keyType, count }) => {
    if (kind === "transfer") return t("what.transfer", { amount: amount ?? 0 });
    if (kind === "destroy") return t("what.destroy");
    const known = KEY_TYPES.find((type) => type === String(keyType));
    const type = known ? t(`keyType.${known}`) : t("keyType.other", { type: String(keyType) });
    return t("what.generate", { count: count ?? 0, type });
  };
}
