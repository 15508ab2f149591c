import { useTranslations } from "next-intl";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { showToast } from "@/components/feedback/show-toast";
import type { UserRow } from "@/lib/users";
import type { LinkToHandOver } from "@/lib/users/schemas";
import { disableUserAction, enableUserAction } from "../actions";
import { ResetLinkDialog, ResetSecondFactorDialog } from "./reset-dialogs";
import { RoleDialog } from "./role-dialog";
import type { RowAction } from "./row-action";
import { UserSessionsDialog } from "./user-sessions-dialog";

type Props = {
  action: RowAction | null;
  selfId: string | null;
  onClose: () => void;
  onLink: (link: LinkToHandOver) => void;
};

/** The dialog of the current action on a user. */
export function UserActionDialog({ action, selfId, onClose, onLink }: Props) {
  const t = useTranslations("users");
  if (!action) return null;
  const { kind, user } = action;

  const finish = (message: string) => {
    onClose();
    void showToast("done", message);
  };

  if (kind === "sessions") return <UserSessionsDialog user={user} onClose={onClose} />;
  if (kind === "role") {
    return (
      <RoleDialog
        user={user}
        isSelf={user.id === selfId}
        onClose={onClose}
        onDone={(role, count) => finish(t("done.roleChanged", { name: user.username, role: t(`role.${role}`), count }))}
      />
    );
  }
  if (kind === "reset") return <ResetLinkDialog user={user} onClose={onClose} onLink={onLink} />;
  if (kind === "second_factor") {
    const onDone = () => finish(t("done.secondFactorReset", { name: user.username }));
    return <ResetSecondFactorDialog user={user} onClose={onClose} onDone={onDone} />;
  }
  return <SwitchDialog kind={kind} user={user} onClose={onClose} onDone={finish} />;
}

type SwitchProps = {
  kind: "disable" | "enable";
  user: UserRow;
  onClose: () => void;
  onDone: (message: string) => void;
};

/** Disables or enables a user. */
function SwitchDialog({ kind, user, onClose, onDone }: SwitchProps) {
  const t = useTranslations("users");
  const disabling = kind === "disable";
  const name = user.username;
  const call = useAction(disabling ? disableUserAction : enableUserAction, {
    effect: "write",
    invalidates: [queryKeys.users],
  });
  const confirm = async () => {
    const answer = await call.run({ userId: user.id });
    if (!answer.ok) return;
    onDone(answer.data ? t("done.disabled", { name, count: answer.data.pausedBatches }) : t("done.enabled", { name }));
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t(`${kind}.title`, { name })}
      verb={t(`${kind}.verb`)}
      tone={disabling ? "danger" : "primary"}
      call={call}
      onConfirm={confirm}
    >
      {disabling ? t("disable.note", { count: user.sessions }) : t("enable.note")}
    </ConfirmDialog>
  );
}
