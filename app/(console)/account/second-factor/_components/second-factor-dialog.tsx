import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import type { Action } from "@/lib/web/action";
import { removePasskeyAction, removeTotpAction, renewRecoveryCodesAction } from "../actions";
import { AppEnrolment } from "./app-enrolment";
import { PasskeyEnrolment } from "./passkey-enrolment";
import { RecoveryCodes } from "./recovery-codes";

/** What the user is about to change. */
export type Change = { kind: "add_app" } | { kind: "add_passkey" } | Removal;
type Removal = { kind: "remove_app" } | { kind: "renew" } | { kind: "remove_passkey"; id: string; name: string };

type Props = { change: Change; username: string; onClose: (done: boolean) => void };

const actionOf: Record<Removal["kind"], Action<{ recoveryCodes: string[] } | null>> = {
  remove_app: removeTotpAction,
  remove_passkey: removePasskeyAction,
  renew: renewRecoveryCodesAction,
};

/** The dialog of one change; new recovery codes are shown at its end. */
export function SecondFactorDialog({ change, username, onClose }: Props) {
  const t = useTranslations("users.secondFactor");
  const [codes, setCodes] = useState<string[] | null>(null);
  const finish = (recoveryCodes: string[] | null) => (recoveryCodes ? setCodes(recoveryCodes) : onClose(true));

  if (codes) {
    // Only its button closes it: they can't be shown again.
    return (
      <Dialog key="codes" open mustAnswer onClose={() => onClose(true)} title={t("recovery.newTitle")}>
        <RecoveryCodes codes={codes} username={username} onDone={() => onClose(true)} />
      </Dialog>
    );
  }
  const name = change.kind === "remove_passkey" ? change.name : "";
  return (
    <Dialog open onClose={() => onClose(false)} title={t(`title.${change.kind}`, { name })} size="sm">
      {change.kind === "add_app" ? (
        <AppEnrolment onDone={finish} />
      ) : change.kind === "add_passkey" ? (
        <PasskeyEnrolment onDone={finish} />
      ) : (
        <ConfirmChange change={change} onDone={finish} />
      )}
    </Dialog>
  );
}

type ConfirmProps = { change: Removal; onDone: (recoveryCodes: string[] | null) => void };

/** Says what removing or renewing means; the server asks for a fresh proof. */
function ConfirmChange({ change, onDone }: ConfirmProps) {
  const t = useTranslations("users.secondFactor");
  const { kind } = change;
  const { run, pending, error } = useAction(actionOf[kind], { effect: "write" });
  const confirm = async () => {
    if (pending) return;
    const answer = await run(change.kind === "remove_passkey" ? { passkeyId: change.id } : {});
    if (answer.ok) onDone(answer.data?.recoveryCodes ?? null);
  };
  return (
    <div className="grid gap-4 pb-2">
      {error && <ErrorNotice error={error} />}
      <p>{t(`meaning.${kind}`)}</p>
      <div>
        <Button variant={kind === "renew" ? "primary" : "danger"} pending={pending} onClick={confirm} data-autofocus>
          {t(`verb.${kind}`)}
        </Button>
      </div>
    </div>
  );
}
