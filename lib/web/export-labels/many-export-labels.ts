import "server-only";
import { getTranslations } from "next-intl/server";
import { cardTypeKey } from "@/lib/cards/types";
import type { ManyExportLabels } from "@/lib/find";

/** The labels of the sheet of a paste in the language of the request. */
export async function manyExportLabels(): Promise<ManyExportLabels> {
  const t = await getTranslations("paste");
  const cards = await getTranslations("cards");
  const types = await getTranslations("types.card");
  const ui = await getTranslations("ui");
  return {
    header: {
      line: [t("columns.line"), t("columns.text"), t("columns.result")],
      amount: t("columns.amount"),
      card: [
        cards("columns.id"),
        cards("columns.code"),
        cards("columns.type"),
        cards("columns.name"),
        cards("columns.phone"),
        cards("columns.balance"),
        cards("columns.state"),
      ],
    },
    result: ({ result, more, differs, duplicateOf }) =>
      [
        t(`result.${result}`),
        ...(more ? [t("more")] : []),
        ...(differs ? [t("differs")] : []),
        ...(duplicateOf === null ? [] : [t("duplicateOf", { line: duplicateOf })]),
      ].join(cards("joiner")),
    typeName: (type) => types(cardTypeKey(type), { type }),
    state: ({ gone, maskedPhone }) =>
      cards(`state.${gone ? "gone" : maskedPhone === null ? "unredeemed" : "redeemed"}`),
    unlimited: ui("unlimited"),
    name: (count) => [cards("export.what"), t("export.what"), t("export.count", { count })],
  };
}
