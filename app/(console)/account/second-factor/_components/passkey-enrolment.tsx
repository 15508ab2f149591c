import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Input } from "@/components/ui/form/input";
import type { PublicError } from "@/lib/core/errors";
import type { NewPasskeyRequest } from "@/lib/users";
import { addPasskeyAction, beginPasskeyAction } from "../actions";

type Props = { onDone: (recoveryCodes: string[] | null) => void };

/** Names a passkey and lets the device make it. */
export function PasskeyEnrolment({ onDone }: Props) {
  const t = useTranslations("users.secondFactor");
  const { field } = useErrorText();
  const begin = useAction(beginPasskeyAction, { effect: "none" });
  const add = useAction(addPasskeyAction, { effect: "write" });
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<PublicError | null>(null);
  const pending = begin.pending || waiting || add.pending;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
    if (pending) return;
    add.reset();
    setProblem(null);
    if (!name) return setProblem({ code: "bad_input", key: "bad_input", fields: { name: "required" } });
    const begun = await begin.run({});
    if (!begun.ok) return;
    setWaiting(true);
    const answer = await makePasskey(begun.data);
    setWaiting(false);
    if (!answer) return setProblem({ code: "bad_input", key: "passkey_cancelled" });
    const added = await add.run({ name, answer });
    if (added.ok) onDone(added.data.recoveryCodes);
  };

  const error = problem ?? begin.error ?? add.error;
  const wrong = error?.fields?.name;
  return (
    <Form onSubmit={submit} className="grid gap-4 pb-2" noValidate>
      <p>{t("passkey.explain")}</p>
      {error && !wrong && <ErrorNotice error={error} />}
      <Field label={t("passkey.name")} hint={t("passkey.nameHint")} error={wrong && field(wrong)}>
        {(control) => <Input {...control} name="name" data-autofocus autoComplete="off" maxLength={64} />}
      </Field>
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          {t("passkey.make")}
        </Button>
      </div>
    </Form>
  );
}

/** Null: cancelled, timed out, made before, or a browser without passkeys. */
async function makePasskey(optionsJSON: NewPasskeyRequest) {
  try {
    const { startRegistration } = await import("@simplewebauthn/browser");
    return await startRegistration({ optionsJSON });
  } catch {
    return null;
  }
}
