"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { signInSecondStep } from "@/app/_second-factor/lazy-sign-in-second-step";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { LazyComponent } from "@/components/lazy-component";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import { PasswordInput } from "@/components/ui/form/password-input";
import type { PublicError } from "@/lib/core/errors";
import type { SecondFactorMethods } from "@/lib/users/schemas";
import { signInAction } from "../actions";
import { DemoSignIn } from "./demo-sign-in";
import { PasskeySignIn } from "./passkey-sign-in";
import { ProviderSignIn } from "./provider-sign-in";

/** The request id of a refused sign-in is noise; that of an internal error helps support. */
const shown = (error: PublicError): PublicError =>
  error.code === "internal" ? error : { ...error, requestId: undefined };

type Props = {
  target: string;
  passkeys: boolean;
  /** The name of single sign-on's provider; null without one. */
  provider: string | null;
  /** Whoever comes back from the provider goes on with their second factor. */
  step: SecondFactorMethods | null;
  /** Why the provider's answer let nobody in. */
  refused: PublicError | null;
  /** The demo's users are offered. */
  demo: boolean;
};

/** Username and password, then the second factor where there is one. Success loads the whole page, so that nothing of an earlier session stays in memory. */
export function LoginForm({ target, passkeys, provider, step, refused, demo }: Props) {
  const t = useTranslations("auth");
  const { field } = useErrorText();
  const form = useRef<HTMLFormElement>(null);
  const [username, setUsername] = useState("");
  const { run, pending, error: refusal } = useAction(signInAction, { effect: "none" });
  const [second, setSecond] = useState<SecondFactorMethods | null>(step);
  const [expired, setExpired] = useState<PublicError | null>(refused);
  const error = refusal ?? expired;

  useEffect(() => {
    if (!error) return;
    const box = form.current?.elements.namedItem(error.fields?.username ? "username" : "password");
    if (box instanceof HTMLInputElement) box.select();
  }, [error]);

  const submit = (data: FormData) => {
    if (pending) return;
    const signIn = async () => {
      setExpired(null);
      const answer = await run({ ...Object.fromEntries(data), callbackUrl: target });
      if (!answer.ok) return;
      if ("secondFactor" in answer.data) setSecond(answer.data.secondFactor);
      else window.location.assign(answer.data.path);
    };
    // After the form's own transition, not in it: what is set in a transition, "pending" too, shows when the call has ended.
    queueMicrotask(() => void signIn());
  };

  if (second) {
    const onExpired = (ended: PublicError) => {
      setSecond(null);
      setExpired(ended);
    };
    const onDone = (path: string) => window.location.assign(path);
    return <LazyComponent module={signInSecondStep} props={{ methods: second, target, onDone, onExpired }} />;
  }
  const problem = (name: string) => error?.fields?.[name] && field(error.fields[name]);
  // React resets a form after its action, however late: that would wipe what is being typed for the next try.
  const keepTyped = (event: FormEvent) => event.preventDefault();
  return (
    <>
      <form ref={form} action={submit} onReset={keepTyped} className="grid gap-4" noValidate>
        {error && !error.fields && <ErrorNotice error={shown(error)} />}
        <Field label={t("username")} error={problem("username")}>
          {(control) => (
            <Input
              {...control}
              name="username"
              value={username}
              onChange={(event) => setUsername(event.target.value)}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={64}
              autoFocus
            />
          )}
        </Field>
        <Field label={t("password")} error={problem("password")}>
          {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" maxLength={256} />}
        </Field>
        <Button type="submit" variant="primary" size="lg" pending={pending}>
          {t("signIn")}
        </Button>
        {provider && <ProviderSignIn name={provider} target={target} />}
        {passkeys && <PasskeySignIn target={target} />}
      </form>
      {demo && <DemoSignIn target={target} />}
    </>
  );
}
