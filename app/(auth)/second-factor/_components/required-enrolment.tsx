"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { signOutAction } from "@/app/(console)/account/actions";
import { AppEnrolment } from "@/app/(console)/account/second-factor/_components/app-enrolment";
import { PasskeyEnrolment } from "@/app/(console)/account/second-factor/_components/passkey-enrolment";
import { RecoveryCodes } from "@/app/(console)/account/second-factor/_components/recovery-codes";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";

type Step = { kind: "choose" | "app" | "passkey" } | { kind: "codes"; codes: string[] };

/** Sets up a second factor before anything else; then the whole page loads, now with everything on it. */
export function RequiredEnrolment({ username, passkeysPossible }: { username: string; passkeysPossible: boolean }) {
  const t = useTranslations("users.secondFactor");
  const [step, setStep] = useState<Step>({ kind: "choose" });
  const leave = useAction(signOutAction, { effect: "none" });

  const finish = (codes: string[] | null) => (codes ? setStep({ kind: "codes", codes }) : window.location.assign("/"));
  const signOut = async () => {
    const answer = await leave.run({});
    if (answer.ok || answer.error.code === "not_signed_in") window.location.assign("/login");
  };

  return (
    <div className="grid gap-4">
      <div>
        <h1 className="font-semibold text-xl">{t("required.title")}</h1>
        <p className="mt-1 text-soft">{t("required.note", { name: username })}</p>
      </div>
      {step.kind === "app" && <AppEnrolment onDone={finish} />}
      {step.kind === "passkey" && <PasskeyEnrolment onDone={finish} />}
      {step.kind === "codes" && (
        <RecoveryCodes codes={step.codes} username={username} onDone={() => window.location.assign("/")} />
      )}
      {step.kind === "choose" ? (
        <>
          {passkeysPossible && (
            <Button variant="primary" size="lg" icon="key" onClick={() => setStep({ kind: "passkey" })}>
              {t("passkey.add")}
            </Button>
          )}
          <Button size="lg" onClick={() => setStep({ kind: "app" })}>
            {t("app.add")}
          </Button>
        </>
      ) : (
        step.kind !== "codes" && (
          <Button variant="ghost" onClick={() => setStep({ kind: "choose" })}>
            {t("required.other")}
          </Button>
        )
      )}
      {leave.error && <ErrorNotice error={leave.error} />}
      {step.kind !== "codes" && (
        <Button variant="ghost" pending={leave.pending} onClick={() => !leave.pending && signOut()}>
          {t("required.signOut")}
        </Button>
      )}
    </div>
  );
}
