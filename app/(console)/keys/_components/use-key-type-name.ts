import { useTranslations } from "next-intl";
import { isKeyType } from "@/lib/keys/types";

/** A key type in words; one nobody told us of stays a number. */
export function useKeyTypeName(): (keyType: number) => string {
  const t = useTranslations("keys");
  return (keyType) => (isKeyType(keyType) ? t(`type.${keyType}`) : t("type.other", { type: String(keyType) }));
}
