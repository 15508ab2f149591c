import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { RowMenu } from "@/components/data-table/types";
import { MenuItem } from "@/components/ui/popover/menu-item";
import type { UserRow } from "@/lib/users";
import type { RowAction } from "./row-action";

type Props = { user: UserRow; isSelf: boolean; onAction: (action: RowAction) => void };

/** The menu of actions on one user. `onAction` has to be stable. */
export function useUserMenu(selfId: string | null, onAction: Props["onAction"]): RowMenu<UserRow> {
  const t = useTranslations("users");
  return useMemo(
    () => ({
      label: (user) => t("actions.menu", { name: user.username }),
      items: (user) => <Items user={user} isSelf={user.id === selfId} onAction={onAction} />,
    }),
    [t, selfId, onAction],
  );
}

function Items({ user, isSelf, onAction }: Props) {
  const t = useTranslations("users");
  const disabled = user.state === "disabled";
  const start = (kind: RowAction["kind"]) => () => onAction({ kind, user });
  return (
    <>
      <MenuItem icon="edit" onSelect={start("role")}>
        {t("actions.changeRole")}
      </MenuItem>
      {!disabled && !user.identity?.roleByClaim && (
        <MenuItem icon="link" onSelect={start("reset")}>
          {t("actions.resetLink")}
        </MenuItem>
      )}
      <MenuItem icon="clock" onSelect={start("sessions")}>
        {t("actions.sessions")}
      </MenuItem>
      {user.secondFactor && (
        <MenuItem
          icon="key"
          disabledReason={isSelf ? t("resetSecondFactor.self") : undefined}
          onSelect={start("second_factor")}
        >
          {t("actions.resetSecondFactor")}
        </MenuItem>
      )}
      {disabled ? (
        <MenuItem icon="check" onSelect={start("enable")}>
          {t("actions.enable")}
        </MenuItem>
      ) : (
        <MenuItem
          icon="lock"
          danger
          disabledReason={isSelf ? t("disable.self") : undefined}
          onSelect={start("disable")}
        >
          {t("actions.disable")}
        </MenuItem>
      )}
    </>
  );
}
