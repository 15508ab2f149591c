import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { signInSecondStep } from "@/app/_second-factor/lazy-sign-in-second-step";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { LazyComponent } from "@/components/lazy-component";
import { Button } from "@/components/ui/button/button";
import { ButtonLink } from "@/components/ui/button/button-link";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Input } from "@/components/ui/form/input";
import type { PublicError } from "@/lib/core/errors";
import type { SecondFactorMethods } from "@/lib/users/schemas";
import type { Action } from "@/lib/web/action";
import type { SignInStep } from "@/lib/web/auth/start-session";
import { postJson, publicErrorOf } from "@/lib/web/post-json";

/** Not the sign-in page's action: after that one Next would render the page again and lose what is open. */
const signInHere: Action<SignInStep> = async (input) => {
  try {
    return { ok: true, data: await postJson("/api/session", input) };
  } catch (thrown) {
    return { ok: false, error: publicErrorOf(thrown) };
  }
};

type Props = { username: string; onClose: (signedIn: boolean) => void };

/** The password, and the second factor where there is one, over whatever is open. */
export function SignInAgainDialog({ username, onClose }: Props) {
  const t = useTranslations("shell.signInAgain");
  const client = useQueryClient();
  const form = useId();
  const { run, pending, error: refusal } = useAction(signInHere, { effect: "none" });
  const [second, setSecond] = useState<SecondFactorMethods | null>(null);
  const [expired, setExpired] = useState<PublicError | null>(null);
  const error = refusal ?? expired;
  const finish = () => {
    onClose(true);
    void client.invalidateQueries();
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    if (pending) return;
    const password = String(new FormData(event.currentTarget).get("password") ?? "");
    setExpired(null);
    const answer = await run({ username, password });
    if (!answer.ok) return;
    if ("secondFactor" in answer.data) setSecond(answer.data.secondFactor);
    else finish();
  };

  if (second) {
    const onExpired = (ended: PublicError) => {
      setSecond(null);
      setExpired(ended);
    };
    return (
      <Dialog key="second" open onClose={() => onClose(false)} title={t("title")} description={t("note")} size="sm">
        <LazyComponent module={signInSecondStep} props={{ methods: second, onDone: finish, onExpired }} />
      </Dialog>
    );
  }

  return (
    <Dialog
      open
      onClose={() => onClose(false)}
      title={t("title")}
      description={t("note")}
      pending={pending}
      size="sm"
      footer={
        <>
          <ButtonLink href="/login" variant="ghost" prefetch={false}>
            {t("other")}
          </ButtonLink>
          <Button type="submit" form={form} variant="primary" pending={pending}>
            {t("verb")}
          </Button>
        </>
      }
    >
      <Form id={form} onSubmit={submit} className="grid gap-4 pb-2" noValidate>
        {error && <ErrorNotice error={{ ...error, requestId: undefined }} />}
        <Field label={t("username")}>
          {(control) => <Input {...control} name="username" autoComplete="username" readOnly value={username} />}
        </Field>
        <Field label={t("password")}>
          {(control) => (
            <Input {...control} type="password" name="password" autoComplete="current-password" data-autofocus />
          )}
        </Field>
      </Form>
    </Dialog>
  );
}
