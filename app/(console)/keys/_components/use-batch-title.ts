import { useLocale, useTranslations } from "next-intl";
import { useKeyTypeName } from "@/app/(console)/_components/use-key-type-name";
import type { BatchView } from "@/lib/keys";

/** A batch in a few words: "月卡 × 37", "37 monthly keys". */
export function useBatchTitle(): (batch: Pick<BatchView, "keyType" | "wanted">) => string {
  const t = useTranslations("keys");
  const locale = useLocale();
  const typeName = useKeyTypeName();
  return ({ keyType, wanted }) =>
    t("batch.title", { type: typeName(keyType).toLocaleLowerCase(locale), count: wanted });
}
