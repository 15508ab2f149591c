import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { rowSentence } from "@/components/data-table/rows/row-sentence";
import type { RowMenu } from "@/components/data-table/types";
import { MenuItem } from "@/components/ui/popover/menu-item";
import type { CardRow } from "@/lib/cards/types";
import { preloadDialogs } from "../card-dialogs";
import type { RowAction } from "../row-action";
import { useBlockedReasons } from "../use-blocked-reasons";

/** What a card is called where neither its phone nor its code may stand. */
export const cardLabel = (row: CardRow): string => row.userName ?? row.maskedCode;

/** The menu of actions on one card. `onAction` has to be stable. */
export function useCardMenu(canWrite: boolean, onAction: (action: RowAction) => void): RowMenu<CardRow> {
  const t = useTranslations("cards.actions");
  return useMemo(() => {
    const sentence = rowSentence((label) => t("menu", { label }));
    return {
      label: (row) => sentence(cardLabel(row)),
      items: (row) => <Items row={row} canWrite={canWrite} onAction={onAction} />,
      onIntent: canWrite ? preloadDialogs : undefined,
    };
  }, [t, canWrite, onAction]);
}

type Props = { row: CardRow; canWrite: boolean; onAction: (action: RowAction) => void };

/** A disabled action says why. */
function Items({ row, canWrite, onAction }: Props) {
  const t = useTranslations("cards.actions");
  const blockedReasons = useBlockedReasons(canWrite)(row);
  return (
    <>
      <MenuItem icon="eye" href={`/cards/${row.id}`}>
        {t("open")}
      </MenuItem>
      <MenuItem
        icon="transfer"
        disabledReason={blockedReasons.transfer}
        onSelect={() => onAction({ kind: "transfer", source: row })}
      >
        {t("transfer")}
      </MenuItem>
      <MenuItem
        icon="receive"
        disabledReason={blockedReasons.transferInto}
        onSelect={() => onAction({ kind: "transferInto", target: row })}
      >
        {t("transferInto")}
      </MenuItem>
      <MenuItem
        icon="destroy"
        danger
        disabledReason={blockedReasons.destroy}
        onSelect={() => onAction({ kind: "destroy", cardIds: [row.id] })}
      >
        {t("destroy")}
      </MenuItem>
    </>
  );
}
