import { useTranslations } from "next-intl";
import { useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/form/field";
import { Textarea } from "@/components/ui/form/textarea";
import { DateTime } from "@/components/ui/value/date-time";
import type { ApprovalDetail } from "@/lib/approvals";
import { decideApprovalAction } from "../../actions";

const invalidates = [queryKeys.approvals];

type Props = { approval: ApprovalDetail; decision: "approve" | "refuse"; onClose: () => void };

/** Approve or refuse, with a reason: a refusal needs one. */
export function DecideDialog({ approval, decision, onClose }: Props) {
  const t = useTranslations("approvals.decide");
  const ui = useTranslations("ui");
  const { field } = useErrorText();
  const [reason, setReason] = useState("");
  const { run, pending, error } = useAction(decideApprovalAction, { effect: "write", invalidates });
  const refusing = decision === "refuse";

  const submit = async () => {
    const result = await run({ approvalId: approval.id, decision, reason });
    if (result.ok) onClose();
  };

  const name = approval.requestedByName;
  const isReset = approval.account !== null;
  const problem = error?.fields?.reason;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`${decision}Title`)}
      pending={pending}
      size="sm"
      footer={
        <>
          <Button onClick={onClose} data-autofocus disabledReason={pending ? ui("wait") : undefined}>
            {ui("cancel")}
          </Button>
          <Button variant={refusing ? "danger" : "primary"} pending={pending} onClick={submit}>
            {t(decision)}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 pb-2">
        <p>
          {refusing
            ? t(isReset ? "refuseResetNote" : "refuseNote", { name })
            : t.rich(isReset ? "approveResetNote" : "approveNote", {
                name,
                time: () => <DateTime value={approval.expiresAt} />,
              })}
        </p>
        <Field
          label={t(refusing ? "reason" : "reasonOptional")}
          hint={t("reasonHint")}
          required={refusing}
          error={problem && field(problem)}
        >
          {(control) => (
            <Textarea {...control} rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        {error && !problem && <ErrorNotice error={error} />}
      </div>
    </Dialog>
  );
}
