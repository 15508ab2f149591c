import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { rowSentence } from "@/components/data-table/rows/row-sentence";
import type { RowMenu } from "@/components/data-table/types";
import { MenuItem } from "@/components/ui/popover/menu-item";
import type { CardRow } from "@/lib/cards/types";
import { type CardActions, preloadDialogs } from "../card-dialogs";
import { useBlockedReasons } from "../use-blocked-reasons";

/** What a card is called where neither its phone nor its code may stand. */
export const cardLabel = (row: CardRow): string => row.userName ?? row.maskedCode;

/** The menu of actions on one card. */
export function useCardMenu(canWrite: boolean, { open, prepare }: CardActions): RowMenu<CardRow> {
  const t = useTranslations("cards.actions");
  return useMemo(() => {
    const sentence = rowSentence((label) => t("menu", { label }));
    return {
      label: (row) => sentence(cardLabel(row)),
      items: (row) => <Items row={row} canWrite={canWrite} open={open} prepare={prepare} />,
      onIntent: canWrite ? preloadDialogs : undefined,
    };
  }, [t, canWrite, open, prepare]);
}

type Props = CardActions & { row: CardRow; canWrite: boolean };

/** A disabled action says why. */
function Items({ row, canWrite, open, prepare }: Props) {
  const t = useTranslations("cards.actions");
  const blockedReasons = useBlockedReasons(canWrite)(row);
  const transfer = { kind: "transfer", card: row } as const;
  const transferInto = { kind: "transferInto", card: row } as const;
  return (
    <>
      <MenuItem icon="eye" href={`/cards/${row.id}`}>
        {t("open")}
      </MenuItem>
      <MenuItem
        icon="transfer"
        disabledReason={blockedReasons.transfer}
        onIntent={() => prepare(transfer)}
        onSelect={() => open(transfer)}
      >
        {t("transfer")}
      </MenuItem>
      <MenuItem
        icon="receive"
        disabledReason={blockedReasons.transferInto}
        onIntent={() => prepare(transferInto)}
        onSelect={() => open(transferInto)}
      >
        {t("transferInto")}
      </MenuItem>
      <MenuItem
        icon="destroy"
        danger
        disabledReason={blockedReasons.destroy}
        onSelect={() => open({ kind: "destroy", cardIds: [row.id] })}
      >
        {t("destroy")}
      </MenuItem>
    </>
  );
}
