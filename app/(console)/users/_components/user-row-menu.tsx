import { useTranslations } from "next-intl";
import { IconButton } from "@/components/ui/button/icon-button";
import { Menu } from "@/components/ui/popover/menu";
import { MenuItem } from "@/components/ui/popover/menu-item";
import type { UserRow } from "@/lib/users";
import type { RowAction } from "./row-action";

type Props = { user: UserRow; isSelf: boolean; onAction: (action: RowAction) => void };

/** Actions on one user. */
export function UserRowMenu({ user, isSelf, onAction }: Props) {
  const t = useTranslations("users");
  const label = t("actions.menu", { name: user.username });
  const disabled = user.state === "disabled";
  const start = (kind: RowAction["kind"]) => () => onAction({ kind, user });
  return (
    <Menu label={label} trigger={(trigger) => <IconButton {...trigger} icon="more" label={label} size="sm" />}>
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
    </Menu>
  );
}
