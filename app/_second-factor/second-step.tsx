import type { AuthenticationResponseJSON } from "@simplewebauthn/browser";
import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Input } from "@/components/ui/form/input";
import type { PublicError } from "@/lib/core/errors";
import type { PasskeyRequest } from "@/lib/users";
import type { SecondFactorMethods } from "@/lib/users/schemas";
import { answerPasskey } from "./answer-passkey";

/** As it goes to the server, which checks it. */
export type ShownProof =
  | { kind: "code" | "recovery_code"; code: string }
  | { kind: "passkey"; answer: AuthenticationResponseJSON };

type Props = {
  methods: SecondFactorMethods;
  /** What a passkey has to sign; throws what `postJson` throws. */
  askPasskey: () => Promise<PasskeyRequest>;
  onProof: (proof: ShownProof) => Promise<void>;
  pending: boolean;
  error: PublicError | null;
  verb: string;
};

/** Asks for the second factor: a code, a passkey, or a recovery code. */
export function SecondStep({ methods, askPasskey, onProof, pending, error, verb }: Props) {
  const t = useTranslations("shell.secondStep");
  const { field } = useErrorText();
  const [recovering, setRecovering] = useState(false);
  const [sent, setSent] = useState<ShownProof["kind"] | null>(null);
  const box = useRef<HTMLInputElement>(null);
  const [device, setDevice] = useState<{ waiting: boolean; error: PublicError | null }>({
    waiting: false,
    error: null,
  });
  const busy = pending || device.waiting;
  const typed = methods.code || recovering;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.stopPropagation();
    if (busy) return;
    const code = String(new FormData(event.currentTarget).get("code") ?? "");
    setDevice({ waiting: false, error: null });
    const kind = recovering ? "recovery_code" : "code";
    setSent(kind);
    await onProof({ kind, code });
  };

  const showPasskey = async () => {
    if (busy) return;
    setSent(null);
    setDevice({ waiting: true, error: null });
    const answer = await answerPasskey(askPasskey);
    setDevice({ waiting: false, error: answer.ok ? null : answer.error });
    if (!answer.ok) return;
    setSent("passkey");
    await onProof({ kind: "passkey", answer: answer.answer });
  };

  const switchWay = () => {
    setRecovering(!recovering);
    setSent(null);
    setDevice({ waiting: false, error: null });
  };

  useEffect(() => {
    if (error) box.current?.select();
  }, [error]);

  // Of what was sent last; after a change to another way it says nothing any more.
  const current = sent && error;
  const wrong = sent !== "passkey" && current?.fields && (current.fields["proof.code"] ?? current.fields.code);
  const shown = device.error ?? (wrong ? null : current);
  return (
    <div className="grid gap-4">
      {shown && <ErrorNotice error={{ ...shown, requestId: undefined }} />}
      {typed && (
        <Form onSubmit={submit} className="grid gap-4" noValidate>
          <Field
            key={recovering ? "recovery" : "code"}
            label={t(recovering ? "recoveryCode" : "code")}
            hint={t(recovering ? "recoveryHint" : "codeHint")}
            error={wrong && field(wrong)}
          >
            {(control) => (
              <Input
                {...control}
                ref={box}
                name="code"
                mono
                autoFocus
                data-autofocus
                autoComplete={recovering ? "off" : "one-time-code"}
                inputMode={recovering ? "text" : "numeric"}
                autoCapitalize="characters"
                spellCheck={false}
                maxLength={32}
              />
            )}
          </Field>
          <Button type="submit" variant="primary" size="lg" pending={pending}>
            {verb}
          </Button>
        </Form>
      )}
      {methods.passkey && (
        <Button
          variant={typed ? undefined : "primary"}
          size="lg"
          icon="key"
          pending={device.waiting || (pending && !typed)}
          onClick={showPasskey}
          data-autofocus={!typed || undefined}
        >
          {t("passkey")}
        </Button>
      )}
      <Button variant="ghost" onClick={switchWay}>
        {recovering ? t(methods.code ? "backToCode" : "backToPasskey") : t("useRecovery")}
      </Button>
    </div>
  );
}
