import { useTranslations } from "next-intl";
import { useState } from "react";
import { SecondStep } from "@/app/_second-factor/second-step";
import { useAction } from "@/components/actions/use-action";
import { Dialog } from "@/components/ui/dialog";
import type { PasskeyRequest, SecondFactorView } from "@/lib/users";
import type { Action } from "@/lib/web/action";
import { postJson } from "@/lib/web/post-json";
import { removePasskeyAction, removeTotpAction, renewRecoveryCodesAction } from "../actions";
import { AppEnrolment } from "./app-enrolment";
import { PasskeyEnrolment } from "./passkey-enrolment";
import { RecoveryCodes } from "./recovery-codes";

/** What the user is about to change. */
export type Change = { kind: "add_app" } | { kind: "add_passkey" } | ProvedChange;
type ProvedChange = { kind: "remove_app" } | { kind: "renew" } | { kind: "remove_passkey"; id: string; name: string };

type Props = { change: Change; view: SecondFactorView; username: string; onClose: (done: boolean) => void };

const actionOf: Record<ProvedChange["kind"], Action<{ recoveryCodes: string[] } | null>> = {
  remove_app: removeTotpAction,
  remove_passkey: removePasskeyAction,
  renew: renewRecoveryCodesAction,
};

/** The dialog of one change; new recovery codes are shown at its end. */
export function SecondFactorDialog({ change, view, username, onClose }: Props) {
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
        <ProveChange change={change} view={view} onDone={finish} />
      )}
    </Dialog>
  );
}

type ProveProps = {
  change: ProvedChange;
  view: SecondFactorView;
  onDone: (recoveryCodes: string[] | null) => void;
};

/** Removing and renewing ask for a proof first. */
function ProveChange({ change, view, onDone }: ProveProps) {
  const t = useTranslations("users.secondFactor");
  const { kind } = change;
  const { run, pending, error } = useAction(actionOf[kind], { effect: "write" });
  return (
    <div className="grid gap-4 pb-2">
      <p>{t(`prove.${kind}`)}</p>
      <SecondStep
        methods={{ code: view.app !== null, passkey: view.passkeys.length > 0 }}
        askPasskey={() => postJson<PasskeyRequest>("/api/account/passkey", {})}
        onProof={async (proof) => {
          const passkey = change.kind === "remove_passkey" ? { passkeyId: change.id } : {};
          const answer = await run({ ...passkey, proof });
          if (answer.ok) onDone(answer.data?.recoveryCodes ?? null);
        }}
        pending={pending}
        error={error}
        verb={t(`verb.${kind}`)}
      />
    </div>
  );
}
