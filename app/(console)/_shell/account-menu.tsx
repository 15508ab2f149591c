"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { signOutAction } from "@/app/(console)/account/actions";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { UserMenu } from "@/components/shell/user-menu";
import { MenuItem } from "@/components/ui/popover/menu-item";

/** Who is signed in, the way to the own account, and out. */
export function AccountMenu({ name, role }: { name: string; role: string }) {
  const t = useTranslations("shell");
  const { sentence } = useErrorText();
  const [leaving, setLeaving] = useState(false);

  const signOut = async () => {
    setLeaving(true);
    const answer = await signOutAction({}).catch(() => null);
    if (answer?.ok || answer?.error.code === "not_signed_in") return leave();
    setLeaving(false);
    void showToast("danger", sentence(answer?.error ?? { code: "unavailable", key: "no_connection" }));
  };

  return (
    <UserMenu name={name} role={role}>
      <MenuItem icon="user" href="/account">
        {t("userMenu")}
      </MenuItem>
      <MenuItem icon="sign-out" onSelect={() => !leaving && signOut()}>
        {t("signOut")}
      </MenuItem>
    </UserMenu>
  );
}

/** The whole page anew: nothing this person read or searched for may stay in the tab for the next one. */
function leave(): void {
  try {
    window.sessionStorage.clear();
  } catch {
    // A browser that keeps nothing has nothing to clear.
  }
  window.location.assign("/login");
}
