import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/form/field";
import { RadioGroup } from "@/components/ui/form/radio-group";
import { Textarea } from "@/components/ui/form/textarea";
import type { OperationDetail } from "@/lib/operations";
import { settle } from "../../actions";

type Verdict = "applied" | "not_applied";
type Props = { operation: OperationDetail; onClose: () => void; onSettled: () => void };

/** Manual resolution: an administrator says what happened, and how they know. */
export function SettleDialog({ operation, onClose, onSettled }: Props) {
  const t = useTranslations("operations");
  const ui = useTranslations("ui");
  const { field } = useErrorText();
  const [as, setAs] = useState<Verdict>();
  const [reason, setReason] = useState("");
  const { run, pending, error } = useAction(settle, { effect: "write" });

  const submit = async () => {
    const result = await run({ operationId: operation.id, as, reason });
    if (!result.ok) return;
    onSettled();
    onClose();
  };

  const saidBesideField = error?.fields && Object.keys(error.fields).every((name) => name === "reason");
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("settle.title")}
      description={t("settle.intro")}
      pending={pending}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            {ui("cancel")}
          </Button>
          <Button variant="danger" pending={pending} onClick={submit}>
            {as ? t("settle.verb", { as: t(`settle.${as}`) }) : t("settle.open")}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 pb-2">
        <RadioGroup<Verdict>
          name="as"
          legend={t("settle.as")}
          options={[
            { value: "applied", label: t("settle.applied") },
            { value: "not_applied", label: t("settle.not_applied") },
          ]}
          {...(as && { value: as })}
          onChange={setAs}
        />
        <Field
          label={t("settle.reason")}
          hint={t("settle.reasonHint")}
          required
          error={error?.fields?.reason && field(error.fields.reason)}
        >
          {(control) => <Textarea {...control} rows={3} value={reason} onChange={(e) => setReason(e.target.value)} />}
        </Field>
        {error && !saidBesideField && <ErrorNotice error={error} />}
      </div>
    </Dialog>
  );
}
