import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useAction } from "@/components/actions/use-action";
import { CopyButton } from "@/components/clipboard/copy-button";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Input } from "@/components/ui/form/input";
import { Skeleton } from "@/components/ui/skeleton";
import type { TotpEnrolment } from "@/lib/users";
import { beginTotpAction, confirmTotpAction } from "../actions";

type Props = { onDone: (recoveryCodes: string[] | null) => void };

/** Sets up an authenticator app: the QR code, the same as text, and the first code of the app. */
export function AppEnrolment({ onDone }: Props) {
  const t = useTranslations("users.secondFactor");
  const { field } = useErrorText();
  const begin = useAction(beginTotpAction, { effect: "none" });
  const confirm = useAction(confirmTotpAction, { effect: "write" });
  const [enrolment, setEnrolment] = useState<TotpEnrolment | null>(null);
  const begun = useRef(false);
  const start = begin.run;

  useEffect(() => {
    // Beginning makes a new secret: once, also where effects run twice.
    if (begun.current) return;
    begun.current = true;
    const load = async () => {
      const answer = await start({});
      if (answer.ok) setEnrolment(answer.data);
    };
    void load();
  }, [start]);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    if (confirm.pending) return;
    const answer = await confirm.run({ code: String(new FormData(event.currentTarget).get("code") ?? "") });
    if (answer.ok) onDone(answer.data.recoveryCodes);
  };

  if (begin.error) return <ErrorNotice error={begin.error} />;
  if (!enrolment) {
    return (
      <div role="status" className="grid gap-4">
        <span className="sr-only">{t("app.loading")}</span>
        <Skeleton className="size-48" />
        <Skeleton className="h-8 w-full" />
      </div>
    );
  }
  const wrong = confirm.error?.fields?.code;
  return (
    <Form onSubmit={submit} className="grid gap-4 pb-2" noValidate>
      <p>{t("app.scan")}</p>
      {/* White in the dark theme too: not every camera reads an inverted code. */}
      {/* biome-ignore lint/performance/noImgElement: a data URI, nothing to optimise */}
      <img
        src={`data:image/svg+xml,${encodeURIComponent(enrolment.qr)}`}
        alt={t("app.qr")}
        width={192}
        height={192}
        className="size-48 rounded-md bg-white"
      />
      <div>
        <p className="mb-1 text-soft text-sm">{t("app.byHand")}</p>
        <div className="flex items-start gap-2">
          <output
            aria-label={t("app.secret")}
            className="block min-w-0 flex-1 select-all rounded-md bg-sunken p-2 font-mono text-sm [overflow-wrap:anywhere]"
          >
            {enrolment.secret}
          </output>
          <CopyButton text={enrolment.secret} label={t("app.copySecret")} />
        </div>
      </div>
      {confirm.error && !wrong && <ErrorNotice error={confirm.error} />}
      <Field label={t("app.code")} hint={t("app.codeHint")} error={wrong && field(wrong)}>
        {(control) => (
          <Input
            {...control}
            name="code"
            mono
            autoFocus
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={16}
          />
        )}
      </Field>
      <div>
        <Button type="submit" variant="primary" pending={confirm.pending}>
          {t("app.confirm")}
        </Button>
      </div>
    </Form>
  );
}
