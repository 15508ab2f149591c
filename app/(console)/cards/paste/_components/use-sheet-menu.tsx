import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { customerHref } from "@/app/(console)/_customer/customer-href";
import type { RowMenu } from "@/components/data-table/types";
import { MenuItem } from "@/components/ui/popover/menu-item";
import type { CardActions } from "../../_components/card-dialogs";
import { useCardMenu } from "../../_components/table/use-card-menu";
import type { SheetRow } from "./sheet";

/** A card's menu, and the way to its customer, where a line is exactly one card. */
export function useSheetMenu(canWrite: boolean, actions: CardActions): RowMenu<SheetRow> {
  const t = useTranslations("cards.actions");
  const menu = useCardMenu(canWrite, actions);
  return useMemo(
    () => ({
      has: ({ card, line }) => card !== null && line.cards.length === 1 && !line.more && !line.differs,
      label: ({ card }) => (card ? menu.label(card) : ""),
      items: ({ card }) =>
        card && (
          <>
            {menu.items(card)}
            {card.userId && (
              <MenuItem icon="user" href={customerHref(card.userId)}>
                {t("openCustomer")}
              </MenuItem>
            )}
          </>
        ),
      onIntent: menu.onIntent,
    }),
    [menu, t],
  );
}
