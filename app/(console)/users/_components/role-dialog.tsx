import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";
import type { PublicError } from "@/lib/core/errors";
import { allows, type Role } from "@/lib/core/roles";
import type { UserRow } from "@/lib/users";
import { changeRoleAction } from "../actions";
import { RoleChoice } from "./role-choice";

type Props = { user: UserRow; isSelf: boolean; onClose: () => void; onDone: (role: Role) => void };

export function RoleDialog({ user, isSelf, onClose, onDone }: Props) {
  const t = useTranslations("users");
  const ui = useTranslations("ui");
  const [role, setRole] = useState<Role>(user.role);
  const [error, setError] = useState<PublicError | null>(null);
  const [pending, startTransition] = useTransition();

  const save = () =>
    startTransition(async () => {
      const answer = await changeRoleAction({ userId: user.id, role }).catch(() => null);
      if (answer?.ok) onDone(role);
      else setError(answer?.error ?? { code: "unavailable", key: "no_answer_refresh" });
    });

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
        {isSelf && !allows(role, user.role) && <Callout tone="warning">{t("changeRole.self")}</Callout>}
        {error && <ErrorNotice error={error} />}
      </div>
    </Dialog>
  );
}
