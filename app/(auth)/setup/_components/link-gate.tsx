"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { CallResult } from "@/components/actions/call-action";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { ButtonLink } from "@/components/ui/button/button-link";
import { Skeleton } from "@/components/ui/skeleton";
import type { PublicError } from "@/lib/core/errors";
import type { LinkView } from "@/lib/users";
import { inspectLinkAction } from "../actions";
import { SetUpForm } from "./set-up-form";

type State = { kind: "checking" } | { kind: "bad" } | { kind: "failed"; error: PublicError } | Open;
type Open = { kind: "open"; token: string; link: LinkView };

/** Reads the token from the URL fragment, which no server logs, and shows the form the link is for. */
export function LinkGate() {
  const t = useTranslations("auth.setUp");
  const { run } = useAction(inspectLinkAction, { effect: "none" });
  const [state, setState] = useState<State>({ kind: "checking" });

  useEffect(() => {
    let left = false;
    const check = async () => {
      setState({ kind: "checking" });
      const token = window.location.hash.slice(1);
      const answer = await run({ token });
      if (!left) setState(stateOf(token, answer));
    };
    void check();
    window.addEventListener("hashchange", check);
    return () => {
      left = true;
      window.removeEventListener("hashchange", check);
    };
  }, [run]);

  if (state.kind === "open") {
    return <SetUpForm token={state.token} link={state.link} onSpent={() => setState({ kind: "bad" })} />;
  }
  if (state.kind === "failed") {
    return <ErrorNotice error={state.error} onRetry={() => window.location.reload()} />;
  }
  if (state.kind === "checking") {
    return (
      <div role="status" className="grid gap-4">
        <span className="sr-only">{t("checking")}</span>
        <Skeleton className="h-6 w-40" />
        <Skeleton className="h-8 w-full" />
        <Skeleton className="h-8 w-full" />
      </div>
    );
  }
  return (
    <>
      <h1 className="mb-2 font-semibold text-xl">{t("badTitle")}</h1>
      <p className="mb-4 text-soft">{t("badText")}</p>
      <ButtonLink href="/login">{t("toSignIn")}</ButtonLink>
    </>
  );
}

function stateOf(token: string, answer: CallResult<LinkView>): State {
  if (answer.ok) return { kind: "open", token, link: answer.data };
  const { error } = answer;
  return error.code === "expired" || error.code === "bad_input" ? { kind: "bad" } : { kind: "failed", error };
}
