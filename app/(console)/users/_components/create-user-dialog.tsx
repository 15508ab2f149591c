import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Input } from "@/components/ui/form/input";
import type { Role } from "@/lib/core/roles";
import type { LinkToHandOver } from "@/lib/users/schemas";
import { createUserAction } from "../actions";
import { RoleChoice } from "./role-choice";

type Props = { open: boolean; onClose: () => void; onMade: (link: LinkToHandOver) => void };

/** Username and role; the result is a one-time link to share. */
export function CreateUserDialog({ open, onClose, onMade }: Props) {
  const t = useTranslations("users");
  const ui = useTranslations("ui");
  const { field } = useErrorText();
  const form = useId();
  const [role, setRole] = useState<Role>("support");
  const { run, pending, error, reset } = useAction(createUserAction, {
    effect: "write",
    invalidates: [queryKeys.users],
  });

  const close = () => {
    reset();
    setRole("support");
    onClose();
  };

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const username = String(new FormData(event.currentTarget).get("username") ?? "");
    const answer = await run({ username, role });
    if (!answer.ok) return;
    close();
    onMade(answer.data);
  };

  const problem = error?.fields?.username;
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t("create.title")}
      pending={pending}
      size="sm"
      footer={
        <>
          <Button onClick={close}>{ui("cancel")}</Button>
          <Button type="submit" form={form} variant="primary" pending={pending}>
            {t("create.verb")}
          </Button>
        </>
      }
    >
      <Form id={form} onSubmit={submit} className="grid gap-4 pb-2" noValidate>
        <Field label={t("columns.username")} hint={t("create.usernameHint")} error={problem && field(problem)}>
          {(control) => (
            <Input
              {...control}
              name="username"
              data-autofocus
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={64}
            />
          )}
        </Field>
        <RoleChoice value={role} onChange={setRole} />
        <p className="text-soft text-sm">{t("create.note")}</p>
        {error && !error.fields && <ErrorNotice error={error} />}
      </Form>
    </Dialog>
  );
}
