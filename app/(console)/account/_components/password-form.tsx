"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState, useTransition } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { Field } from "@/components/ui/form/field";
import { PasswordInput } from "@/components/ui/form/password-input";
import type { PublicError } from "@/lib/core/errors";
import { changeOwnPasswordAction } from "../actions";

type Outcome = { ended: number } | { error: PublicError };

/** Change one's own password; this ends the user's other sessions. */
export function PasswordForm({ username }: { username: string }) {
  const t = useTranslations("users.account");
  const { field } = useErrorText();
  const client = useQueryClient();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [differ, setDiffer] = useState(false);
  const [pending, startTransition] = useTransition();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const [current, password] = [String(data.get("current")), String(data.get("password"))];
    const mismatch = password !== String(data.get("repeat"));
    setDiffer(mismatch);
    setOutcome(null);
    if (mismatch) return;
    startTransition(async () => {
      const answer = await changeOwnPasswordAction({ current, password }).catch(() => null);
      if (!answer?.ok) return setOutcome({ error: answer?.error ?? { code: "unavailable", key: "no_answer_refresh" } });
      form.reset();
      setOutcome(answer.data);
      await client.invalidateQueries({ queryKey: ["account"] });
    });
  };

  const error = outcome && "error" in outcome ? outcome.error : null;
  const problem = (name: string) => error?.fields?.[name] && field(error.fields[name]);
  return (
    <form method="post" onSubmit={submit} className="grid max-w-sm gap-4" noValidate>
      {error && !error.fields && <ErrorNotice error={error} />}
      {outcome && "ended" in outcome && (
        <Callout tone="done" role="status">
          {t("saved", { count: outcome.ended })}
        </Callout>
      )}
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field label={t("current")} error={problem("current")}>
        {(control) => <PasswordInput {...control} name="current" autoComplete="current-password" maxLength={256} />}
      </Field>
      <Field label={t("new")} hint={t("newHint")} error={problem("password")}>
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
    </form>
  );
}
