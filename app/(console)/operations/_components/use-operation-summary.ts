import { useLocale, useTranslations } from "next-intl";
import { useKeyTypeName } from "@/app/(console)/_components/use-key-type-name";
import type { OperationView } from "@/lib/operations";
import type { OperationKind } from "@/lib/operations/types";

type Summarized = Pick<OperationView, "kind" | "amount" | "keyType" | "count">;

/** What an operation does, in short: "10 次", "月卡 × 10". */
export function useOperationSummary(): (operation: Summarized) => string {
  const t = useTranslations("operations");
  const locale = useLocale();
  const typeName = useKeyTypeName();
  const summaries: Record<OperationKind, (operation: Summarized) => string> = {
    transfer: ({ amount }) => t("what.transfer", { amount: amount ?? 0 }),
    destroy: () => t("what.destroy"),
    generate: ({ count, keyType }) =>
      t("what.generate", { count: count ?? 0, type: typeName(Number(keyType)).toLocaleLowerCase(locale) }),
  };
  return (operation) => summaries[operation.kind](operation);
}
