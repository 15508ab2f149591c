import { useTranslations } from "next-intl";
import { isKeyType } from "@/lib/keys/types";

/** The name of a key type; an undocumented type stays a number. */
export function useKeyTypeName(): (keyType: number) => string {
  const t = useTranslations("keys");
  return (keyType) => (isKeyType(keyType) ? t(`type.${keyType}`) : t("type.other", { type: String(keyType) }));
}
