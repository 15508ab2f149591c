import "server-only";
import { getTranslations } from "next-intl/server";
import type { ExportWords } from "@/lib/cards";

const NAMED = ["0", "1", "2", "3", "4", "5"] as const;

/** The words of a card export in the language of the request. */
export async function exportWords(): Promise<ExportWords> {
  const t = await getTranslations("cards");
  const ui = await getTranslations("ui");
  return {
    header: [
      t("columns.id"),
      t("columns.code"),
      t("export.typeCode"),
      t("columns.type"),
      t("columns.name"),
      t("columns.phone"),
      t("columns.balance"),
      t("columns.created"),
      t("columns.updated"),
      t("columns.state"),
    ],
    typeName: (type) => {
      const known = NAMED.find((name) => name === type);
      return known ? t(`type.${known}`) : t("type.unknown", { type });
    },
    state: (card) => t(`state.${card.gone ? "gone" : card.phone === null ? "unredeemed" : "redeemed"}`),
    unlimited: ui("unlimited"),
    name: (scope, count) => [t("export.what"), t(`export.scope.${scope}`), t("export.count", { count })],
  };
}
