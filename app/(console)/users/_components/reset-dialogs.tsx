import { useTranslations } from "next-intl";
import { ApprovalOffer } from "@/app/(console)/_request-approval/approval-offer";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ConfirmDialog } from "@/components/confirm-dialog";
import type { UserRow } from "@/lib/users";
import type { LinkToHandOver } from "@/lib/users/schemas";
import { createResetLinkAction, resetSecondFactorAction } from "../actions";

const invalidates = [queryKeys.users, queryKeys.approvals];

type Account = Pick<UserRow, "id" | "username">;
type ResetLinkProps = { user: Account; onClose: () => void; onLink: (link: LinkToHandOver) => void };

/** Creates a link to set a new password. Where it needs an approval, that can be asked for in place. */
export function ResetLinkDialog({ user, onClose, onLink }: ResetLinkProps) {
  const t = useTranslations("users.reset");
  const call = useAction(createResetLinkAction, { effect: "write", invalidates });
  const confirm = async () => {
    const answer = await call.run({ userId: user.id });
    if (answer.ok) onLink(answer.data);
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t("title", { name: user.username })}
      verb={t("verb")}
      tone="primary"
      call={call}
      onConfirm={confirm}
      remedy={<ApprovalOffer error={call.error} subject={{ kind: "password_reset", userId: user.id }} />}
    >
      {t("note")}
    </ConfirmDialog>
  );
}

type ResetSecondFactorProps = { user: Account; onClose: () => void; onDone: () => void };

/** Takes a user's second factor away: for who lost their device and has no recovery code. */
export function ResetSecondFactorDialog({ user, onClose, onDone }: ResetSecondFactorProps) {
  const t = useTranslations("users.resetSecondFactor");
  const call = useAction(resetSecondFactorAction, { effect: "write", invalidates });
  const confirm = async () => {
    const answer = await call.run({ userId: user.id });
    if (answer.ok) onDone();
  };
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t("title", { name: user.username })}
      verb={t("verb")}
      call={call}
      onConfirm={confirm}
      remedy={<ApprovalOffer error={call.error} subject={{ kind: "second_factor_reset", userId: user.id }} />}
    >
      {t("note")}
    </ConfirmDialog>
  );
}
