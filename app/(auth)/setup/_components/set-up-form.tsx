import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { signInSecondStep } from "@/app/_second-factor/lazy-sign-in-second-step";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { LazyComponent } from "@/components/lazy-component";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Input } from "@/components/ui/form/input";
import { PasswordInput } from "@/components/ui/form/password-input";
import type { LinkView } from "@/lib/users";
import type { SecondFactorMethods } from "@/lib/users/schemas";
import { redeemLinkAction } from "../actions";
import { RedeemByProvider } from "./redeem-by-provider";

type Props = { token: string; link: LinkView; onSpent: () => void };

/** Choose a password, and a name for the first administrator; then signs in, with the second factor where there is one. */
export function SetUpForm({ token, link, onSpent }: Props) {
  const t = useTranslations("auth");
  const { field } = useErrorText();
  const { run, pending, error, reset } = useAction(redeemLinkAction, { effect: "write" });
  const [differ, setDiffer] = useState(false);
  const [short, setShort] = useState(false);
  const [second, setSecond] = useState<SecondFactorMethods | null>(null);
  const [username, setUsername] = useState(link.username ?? "");
  const first = link.username === null;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    const data = new FormData(event.currentTarget);
    const password = String(data.get("password"));
    const mismatch = password !== String(data.get("repeat"));
    setDiffer(mismatch);
    // The server would say it first when both are the same.
    setShort(mismatch && [...password].length < link.minLength);
    reset();
    if (pending || mismatch) return;
    const answer = await run(first ? { token, password, username } : { token, password });
    if (!answer.ok) {
      if (answer.error.code === "expired") onSpent();
    } else if ("secondFactor" in answer.data) setSecond(answer.data.secondFactor);
    else window.location.assign(answer.data.path);
  };

  if (second) {
    const onDone = (path: string) => window.location.assign(path);
    const onExpired = () => window.location.assign("/login");
    return <LazyComponent module={signInSecondStep} props={{ methods: second, onDone, onExpired }} />;
  }
  const problem = (name: string) => error?.fields?.[name] && field(error.fields[name]);
  return (
    <Form onSubmit={submit} className="grid gap-4" noValidate>
      <div>
        <h1 className="font-semibold text-xl">{first ? t("setUp.firstTitle") : t("setUp.resetTitle")}</h1>
        <p className="mt-1 text-soft">
          {first ? t("setUp.firstNote") : t("setUp.resetNote", { username: link.username ?? "" })}
        </p>
      </div>
      {error && !error.fields && <ErrorNotice error={error} />}
      <Field label={t("username")} hint={first && t("setUp.usernameHint")} error={problem("username")}>
        {(control) => (
          <Input
            {...control}
            name="username"
            value={username}
            onChange={(event) => setUsername(event.target.value)}
            readOnly={!first}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={64}
          />
        )}
      </Field>
      <Field
        label={t("password")}
        hint={t("setUp.passwordHint", { count: link.minLength })}
        error={short ? t("setUp.tooShort", { count: link.minLength }) : problem("password")}
      >
        {(control) => <PasswordInput {...control} name="password" autoComplete="new-password" maxLength={256} />}
      </Field>
      <Field label={t("setUp.repeat")} error={differ && t("setUp.mismatch")}>
        {(control) => <PasswordInput {...control} name="repeat" autoComplete="new-password" maxLength={256} />}
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {first ? t("setUp.create") : t("setUp.save")}
      </Button>
      {link.provider && <RedeemByProvider name={link.provider} token={token} onSpent={onSpent} />}
    </Form>
  );
}
