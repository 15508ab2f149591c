"use client";

import { useTranslations } from "next-intl";
import { UserMenu } from "@/components/shell/user-menu";
import { MenuItem } from "@/components/ui/menu-item";

/** Who is signed in, and the way to the own account. */
export function AccountMenu({ name, role }: { name: string; role: string }) {
  const t = useTranslations("shell");
  return (
    <UserMenu name={name} role={role}>
      <MenuItem icon="user" href="/account">
        {t("userMenu")}
      </MenuItem>
    </UserMenu>
  );
}
