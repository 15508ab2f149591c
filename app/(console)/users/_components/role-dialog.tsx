import { useTranslations } from "next-intl";
import { useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import { allows, type Role } from "@/lib/core/roles";
import type { UserRow } from "@/lib/users";
import { changeRoleAction } from "../actions";
import { RoleChoice } from "./role-choice";

type Props = {
  user: UserRow;
  isSelf: boolean;
  onClose: () => void;
  onDone: (role: Role, pausedBatches: number) => void;
};

export function RoleDialog({ user, isSelf, onClose, onDone }: Props) {
  const t = useTranslations("users");
  const ui = useTranslations("ui");
  const [role, setRole] = useState<Role>(user.role);
  const { run, pending, error } = useAction(changeRoleAction, { effect: "write", invalidates: [queryKeys.users] });

  const save = async () => {
    const answer = await run({ userId: user.id, role });
    if (answer.ok) onDone(role, answer.data.pausedBatches);
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("changeRole.title", { name: user.username })}
      pending={pending}
      size="sm"
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            {ui("cancel")}
          </Button>
          <Button
            variant="primary"
            pending={pending}
            disabledReason={role === user.role ? t("changeRole.same") : undefined}
            onClick={save}
          >
            {t("changeRole.verb", { role: t(`role.${role}`) })}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 pb-2">
        <RoleChoice value={role} onChange={setRole} />
        <p className="text-soft">{t("changeRole.note")}</p>
        {allows(user.role, "operator") && !allows(role, "operator") && (
          <p className="text-soft">{t("changeRole.batches")}</p>
        )}
        {isSelf && !allows(role, user.role) && <Callout tone="warning">{t("changeRole.self")}</Callout>}
        {error && <ErrorNotice error={error} />}
      </div>
    </Dialog>
  );
}
