import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Input } from "@/components/ui/form/input";
import { Textarea } from "@/components/ui/form/textarea";
import { requestApprovalAction } from "./actions";
import type { ApprovalSubject } from "./approval-subject";

const invalidates = [queryKeys.approvals];

type Props = {
  subject: ApprovalSubject;
  /** The request that waits already. */
  waitingId: string | null;
  reason?: string;
  reference?: string;
};

/** Reason and ticket number; then the way to the approval's page. */
export function RequestApprovalForm({ subject, waitingId, ...filled }: Props) {
  const t = useTranslations("approvals.ask");
  const { field } = useErrorText();
  const [reason, setReason] = useState(filled.reason ?? "");
  const [reference, setReference] = useState(filled.reference ?? "");
  const isReset = "userId" in subject;
  const [asked, setAsked] = useState(waitingId);
  const { run, pending, error } = useAction(requestApprovalAction, { effect: "write", invalidates });

  if (asked) {
    return (
      <Callout tone="info" role="status" title={t("waiting")}>
        <p>{t(isReset ? "waitingResetHint" : "waitingHint")}</p>
        <Link href={`/approvals/${asked}`} className="text-accent hover:underline">
          {t("view")}
        </Link>
      </Callout>
    );
  }

  const submit = async () => {
    if (pending) return;
    const result = await run({ subject, reason, reference });
    if (result.ok) setAsked(result.data.approvalId);
  };
  const problem = (name: "reason" | "reference") => error?.fields?.[name] && field(error.fields[name]);
  const saidBesideField = problem("reason") || problem("reference");

  return (
    <Form aria-label={t("title")} className="grid gap-3 rounded-md border border-line p-3" onSubmit={submit} noValidate>
      <p className="text-soft text-sm">{t(isReset ? "resetIntro" : "intro")}</p>
      <Field label={t("reason")} hint={t("reasonHint")} required error={problem("reason")}>
        {(control) => (
          <Textarea {...control} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      <Field label={t("reference")} error={problem("reference")} className="max-w-64">
        {(control) => (
          <Input
            {...control}
            value={reference}
            autoComplete="off"
            onChange={(event) => setReference(event.target.value)}
          />
        )}
      </Field>
      {error && !saidBesideField && <ErrorNotice error={error} />}
      <div>
        <Button type="submit" pending={pending}>
          {t("verb")}
        </Button>
      </div>
    </Form>
  );
}
