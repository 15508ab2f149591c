import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button/icon-button";
import { Menu } from "@/components/ui/popover/menu";
import { MenuItem } from "@/components/ui/popover/menu-item";
import type { CardRow } from "@/lib/cards/types";
import { preloadDialogs } from "../card-dialogs";
import type { RowAction } from "../row-action";
import { useBlockedReasons } from "../use-blocked-reasons";

type Props = { row: CardRow; canWrite: boolean; onAction: (action: RowAction) => void };

/** Actions on one card; a disabled one says why. */
export function RowMenu(props: Props) {
  const { row, canWrite } = props;
  const t = useTranslations("cards.actions");
  const label = t("menu", { label: row.userName ?? row.maskedCode });
  return (
    <Menu
      label={label}
      trigger={(trigger) => (
        <IconButton
          {...trigger}
          icon="more"
          label={label}
          size="sm"
          onPointerEnter={canWrite ? preloadDialogs : undefined}
          onFocus={canWrite ? preloadDialogs : undefined}
        />
      )}
    >
      <RowMenuItems {...props} />
    </Menu>
  );
}

/** A component of its own, so that blocked reasons are computed only for the open menu. */
function RowMenuItems({ row, canWrite, onAction }: Props) {
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
        icon="transfer"
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
