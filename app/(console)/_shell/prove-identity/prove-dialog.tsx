import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useId, useRef } from "react";
import { SecondStep } from "@/app/_second-factor/second-step";
import { proveIdentityAction } from "@/app/(console)/account/actions";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Input } from "@/components/ui/form/input";
import type { PasskeyRequest } from "@/lib/users";
import type { AskedProof, Proof } from "@/lib/users/schemas";
import type { WantedProof } from "@/lib/web/fresh-proof";
import { postJson } from "@/lib/web/post-json";
import { ProviderDialog } from "./provider-dialog";

type EndProps = { username: string; onEnd: (proved: boolean) => void };
export type ProveDialogProps = EndProps & { wanted: WantedProof };

/**
 * The second factor once more, or the password of who has none, or the provider of who has neither. What was asked for goes on by itself; closing it leaves
 * everything as it was.
 */
export function ProveDialog({ wanted, ...props }: ProveDialogProps) {
  // As the server sends it: lib/users/read-proof.ts.
  const asked = wanted as AskedProof | undefined;
  if (asked?.by === "provider") return <ProviderDialog name={asked.name} onEnd={props.onEnd} />;
  return asked?.by === "second_factor" ? (
    <SecondFactorDialog ways={asked.ways} {...props} />
  ) : (
    <PasswordDialog {...props} />
  );
}

type SecondFactorProps = EndProps & { ways: Extract<AskedProof, { by: "second_factor" }>["ways"] };

function SecondFactorDialog({ ways, onEnd }: SecondFactorProps) {
  const t = useTranslations("shell.prove");
  const { run, pending, error } = useAction(proveIdentityAction, { effect: "none" });
  return (
    <Frame note={t("secondFactorNote")} pending={pending} onEnd={onEnd}>
      <SecondStep
        methods={{ code: ways !== "passkey", passkey: ways !== "code" }}
        askPasskey={() => postJson<PasskeyRequest>("/api/account/passkey", {})}
        onProof={async (proof) => {
          const result = await run({ by: "second_factor", proof });
          // The page asks to sign in again then, and what is behind this stays.
          if (result.ok || result.error.code === "not_signed_in") onEnd(result.ok);
        }}
        pending={pending}
        error={error}
        verb={t("verb")}
      />
    </Frame>
  );
}

function PasswordDialog({ username, onEnd }: EndProps) {
  const t = useTranslations("shell.prove");
  const { field } = useErrorText();
  const form = useId();
  const box = useRef<HTMLInputElement>(null);
  const { run, pending, error } = useAction(proveIdentityAction, { effect: "none" });
  const wrong = error?.fields?.password;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
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
    <Frame
      note={t("note")}
      pending={pending}
      onEnd={onEnd}
      submit={
        <Button type="submit" form={form} variant="primary" pending={pending}>
          {t("verb")}
        </Button>
      }
    >
      <Form id={form} onSubmit={submit} className="grid gap-4 pb-2" noValidate>
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
      </Form>
    </Frame>
  );
}

type FrameProps = {
  note: string;
  pending: boolean;
  onEnd: (proved: boolean) => void;
  /** Beside "cancel". */
  submit?: ReactNode;
  children: ReactNode;
};

/** What both ways of proving it are asked in. */
function Frame({ note, pending, onEnd, submit, children }: FrameProps) {
  const t = useTranslations("shell.prove");
  const ui = useTranslations("ui");
  const cancel = () => onEnd(false);
  return (
    <Dialog
      open
      onClose={cancel}
      title={t("title")}
      description={note}
      pending={pending}
      size="sm"
      footer={
        <>
          <Button onClick={cancel} disabledReason={pending ? ui("wait") : undefined}>
            {ui("cancel")}
          </Button>
          {submit}
        </>
      }
    >
      {children}
    </Dialog>
  );
}
