import { useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { showToast } from "@/components/feedback/show-toast";
import type { LinkToHandOver } from "@/lib/users/schemas";
import { createResetLinkAction, disableUserAction, enableUserAction } from "../actions";
import { RoleDialog } from "./role-dialog";
import type { RowAction } from "./row-action";
import { UserSessionsDialog } from "./user-sessions-dialog";

type Props = {
  action: RowAction | null;
  selfId: string | null;
  onClose: () => void;
  onChanged: () => void;
  onLink: (link: LinkToHandOver) => void;
};

/** The dialog of the current action on a user. */
export function UserActionDialog({ action, selfId, onClose, onChanged, onLink }: Props) {
  const t = useTranslations("users");
  if (!action) return null;
  const { kind, user } = action;
  const { id: userId, username: name } = user;

  const finish = (message: string) => {
    onClose();
    onChanged();
    void showToast("done", message);
  };

  if (kind === "sessions") return <UserSessionsDialog user={user} onClose={onClose} onChanged={onChanged} />;
  if (kind === "role") {
    return (
      <RoleDialog
        user={user}
        isSelf={userId === selfId}
        onClose={onClose}
        onDone={(role) => finish(t("done.roleChanged", { name, role: t(`role.${role}`) }))}
      />
    );
  }
  if (kind === "reset") {
    return (
      <ConfirmDialog
        open
        onClose={onClose}
        title={t("reset.title", { name })}
        verb={t("reset.verb")}
        tone="primary"
        onConfirm={async () => {
          const answer = await createResetLinkAction({ userId });
          if (!answer.ok) return answer.error;
          onLink(answer.data);
          return null;
        }}
      >
        {t("reset.note")}
      </ConfirmDialog>
    );
  }
  const disabling = kind === "disable";
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t(`${kind}.title`, { name })}
      verb={t(`${kind}.verb`)}
      tone={disabling ? "danger" : "primary"}
      onConfirm={async () => {
        const answer = await (disabling ? disableUserAction : enableUserAction)({ userId });
        if (!answer.ok) return answer.error;
        finish(t(disabling ? "done.disabled" : "done.enabled", { name }));
        return null;
      }}
    >
      {disabling ? t("disable.note", { count: user.sessions }) : t("enable.note")}
    </ConfirmDialog>
  );
}
