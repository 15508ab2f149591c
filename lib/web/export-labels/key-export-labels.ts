import "server-only";
import { getTranslations } from "next-intl/server";
import type { KeyExportLabels } from "@/lib/keys";
import { keyTypeKey } from "@/lib/keys/types";

/** The labels of an export of keys, in the language of the request. */
export async function keyExportLabels(): Promise<KeyExportLabels> {
  const t = await getTranslations("keys");
  const types = await getTranslations("types.key");
  const type = (keyType: number) => types(`${keyTypeKey(keyType)}`, { type: String(keyType) });
  const flags: Record<string, string> = {
    extra: t("flag.extra"),
    wrong_type: t("flag.wrong_type"),
    surplus: t("flag.surplus"),
  };
  return {
    header: [
      t("file.key"),
      t("columns.type"),
      t("columns.madeAt"),
      t("columns.recordedAt"),
      t("columns.status"),
      t("columns.seenAt"),
      t("columns.flag"),
    ],
    type,
    flag: (flag, recovered) => [flag && flags[flag], recovered && t("flag.recovered")].filter(Boolean).join("; "),
    status: (status) => t(`status.${status}`),
    name: ({ keyType, count, recovered, filter }) => [
      t("title"),
      type(keyType),
      ...(filter.status ? [t(`status.${filter.status}`)] : []),
      ...(filter.flagged ? [t("file.flagged")] : []),
      t("file.count", { count: String(count) }),
      ...(recovered > 0 ? [t("file.recovered", { count: String(recovered) })] : []),
    ],
  };
}
