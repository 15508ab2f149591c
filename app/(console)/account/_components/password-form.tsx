"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { PasswordInput } from "@/components/ui/form/password-input";
import { changeOwnPasswordAction } from "../actions";

/** Change one's own password; this ends the user's other sessions. */
export function PasswordForm({ username, minLength }: { username: string; minLength: number }) {
  const t = useTranslations("users.account");
  const { field } = useErrorText();
  const { run, pending, error, reset } = useAction(changeOwnPasswordAction, {
    effect: "write",
    invalidates: [queryKeys.account],
  });
  const [saved, setSaved] = useState<{ ended: number } | null>(null);
  const [differ, setDiffer] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    const data = new FormData(form);
    const [current, password] = [String(data.get("current")), String(data.get("password"))];
    const mismatch = password !== String(data.get("repeat"));
    setDiffer(mismatch);
    setSaved(null);
    reset();
    if (mismatch) return;
    const answer = await run({ current, password });
    if (!answer.ok) return;
    form.reset();
    setSaved(answer.data);
  };

  const problem = (name: string) => error?.fields?.[name] && field(error.fields[name]);
  return (
    <Form onSubmit={submit} className="grid max-w-sm gap-4" noValidate>
      {error && !error.fields && <ErrorNotice error={error} />}
      {saved && (
        <Callout tone="done" role="status">
          {t("saved", { count: saved.ended })}
        </Callout>
      )}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field label={t("current")} error={problem("current")}>
        {(control) => <PasswordInput {...control} name="current" autoComplete="current-password" maxLength={256} />}
      </Field>
      <Field label={t("new")} hint={t("newHint", { count: minLength })} error={problem("password")}>
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" maxLength={256} />}
      </Field>
      <Field label={t("repeat")} error={differ && t("mismatch")}>
        {(control) => <PasswordInput {...control} name="repeat" autoComplete="new-password" maxLength={256} />}
      </Field>
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          {t("save")}
        </Button>
      </div>
    </Form>
  );
}
