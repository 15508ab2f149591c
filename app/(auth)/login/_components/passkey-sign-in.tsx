import { useTranslations } from "next-intl";
import { useState } from "react";
import { answerPasskey } from "@/app/_second-factor/answer-passkey";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import type { PublicError } from "@/lib/core/errors";
import { askPasskeyAction, passkeySignInAction } from "../actions";

/** Sign in with a passkey alone: no name and no password is typed. */
export function PasskeySignIn({ target }: { target: string }) {
  const t = useTranslations("auth");
  const ask = useAction(askPasskeyAction, { effect: "none" });
  const enter = useAction(passkeySignInAction, { effect: "none" });
  const [waiting, setWaiting] = useState(false);
  const [cancelled, setCancelled] = useState<PublicError | null>(null);

  const signIn = async () => {
    setCancelled(null);
    const asked = await ask.run({});
    if (!asked.ok) return;
    setWaiting(true);
    const answered = await answerPasskey(async () => asked.data);
    setWaiting(false);
    if (!answered.ok) return setCancelled(answered.error);
    const entered = await enter.run({ answer: answered.answer, callbackUrl: target });
    if (entered.ok) window.location.assign(entered.data.path);
  };

  const pending = ask.pending || waiting || enter.pending;
  const error = cancelled ?? ask.error ?? enter.error;
  return (
    <>
      {error && <ErrorNotice error={{ ...error, requestId: undefined }} />}
      <Button size="lg" icon="key" pending={pending} onClick={() => !pending && signIn()}>
        {t("passkey")}
      </Button>
    </>
  );
}
