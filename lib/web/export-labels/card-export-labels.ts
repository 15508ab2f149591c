import "server-only";
import { getTranslations } from "next-intl/server";
import type { CardExportLabels } from "@/lib/cards";
import { cardTypeKey } from "@/lib/cards/types";

/** The labels of a card export in the language of the request. */
export async function cardExportLabels(): Promise<CardExportLabels> {
  const t = await getTranslations("cards");
  const types = await getTranslations("types.card");
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
      t("columns.tags"),
    ],
    typeName: (type) => types(cardTypeKey(type), { type }),
    state: (card) => t(`state.${card.gone ? "gone" : card.phone === null ? "unredeemed" : "redeemed"}`),
    unlimited: ui("unlimited"),
    name: (scope, count) => [t("export.what"), t(`export.scope.${scope}`), t("export.count", { count })],
  };
}
