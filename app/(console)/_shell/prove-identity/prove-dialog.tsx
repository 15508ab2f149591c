import { useTranslations } from "next-intl";
import { type FormEvent, useId, useRef } from "react";
import { proveIdentityAction } from "@/app/(console)/account/actions";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import type { Proof } from "@/lib/users/schemas";

export type ProveDialogProps = { username: string; onEnd: (proved: boolean) => void };

/** The password once more. What was asked for goes on by itself; closing it leaves everything as it was. */
export function ProveDialog({ username, onEnd }: ProveDialogProps) {
  const t = useTranslations("shell.prove");
  const ui = useTranslations("ui");
  const { field } = useErrorText();
  const form = useId();
  const box = useRef<HTMLInputElement>(null);
  const { run, pending, error } = useAction(proveIdentityAction, { effect: "none" });
  const wrong = error?.fields?.password;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (pending) return;
    const password = String(new FormData(event.currentTarget).get("password") ?? "");
    const result = await run({ by: "password", password } satisfies Proof);
    if (result.ok) return onEnd(true);
    // The page asks to sign in again then, and what is behind this stays.
    if (result.error.code === "not_signed_in") return onEnd(false);
    box.current?.select();
    box.current?.focus();
  };

  return (
    <Dialog
      open
      onClose={() => onEnd(false)}
      title={t("title")}
      description={t("note")}
      pending={pending}
      size="sm"
      footer={
        <>
          <Button onClick={() => onEnd(false)} disabledReason={pending ? ui("wait") : undefined}>
            {ui("cancel")}
          </Button>
          <Button type="submit" form={form} variant="primary" pending={pending}>
            {t("verb")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-4 pb-2" noValidate>
        {error && !wrong && <ErrorNotice error={{ ...error, requestId: undefined }} />}
        {/* For password managers: which user's password it is. */}
        <input type="text" name="username" autoComplete="username" readOnly hidden value={username} />
        <Field label={t("password", { username })} error={wrong && field(wrong)}>
          {(control) => (
            <Input
              {...control}
              ref={box}
              type="password"
              name="password"
              autoComplete="current-password"
              data-autofocus
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
