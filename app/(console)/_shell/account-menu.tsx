"use client";

import { useTranslations } from "next-intl";
import { signOutAction } from "@/app/(console)/account/actions";
import { useAction } from "@/components/actions/use-action";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import { UserMenu } from "@/components/shell/user-menu";
import { MenuItem } from "@/components/ui/popover/menu-item";

/** The signed-in user, a link to their account, and sign-out. */
export function AccountMenu({ name, role }: { name: string; role: string }) {
  const t = useTranslations("shell");
  const { sentence } = useErrorText();
  const { run, pending } = useAction(signOutAction, { effect: "none" });

  const signOut = async () => {
    const answer = await run({});
    if (answer.ok || answer.error.code === "not_signed_in") return leave();
    void showToast("danger", sentence(answer.error));
  };

  return (
    <UserMenu name={name} role={role}>
      <MenuItem icon="user" href="/account">
        {t("userMenu")}
      </MenuItem>
      <MenuItem icon="sign-out" onSelect={() => !pending && signOut()}>
        {t("signOut")}
      </MenuItem>
    </UserMenu>
  );
}

/** Loads the whole page, so that the next user of this tab sees nothing of this one's data or searches. */
function leave(): void {
  try {
    window.sessionStorage.clear();
  } catch {
    // Storage is disabled, so there is nothing to clear.
  }
  window.location.assign("/login");
}
