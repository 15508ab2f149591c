import { useTranslations } from "next-intl";
import { useState } from "react";
import { beginProvingAction } from "@/app/(console)/account/single-sign-on/actions";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import { Dialog } from "@/components/ui/dialog";

type Props = { name: string; onEnd: (proved: boolean) => void };

/**
 * Confirms by the provider of single sign-on, in a tab of its own, so that nothing typed here is lost. Whether it was
 * confirmed is the server's to say, when what was asked for is tried again.
 */
export function ProviderDialog({ name, onEnd }: Props) {
  const t = useTranslations("shell.prove");
  const ui = useTranslations("ui");
  const { run, pending, error } = useAction(beginProvingAction, { effect: "none" });
  const [left, setLeft] = useState(false);
  const [blocked, setBlocked] = useState<string | null>(null);

  const leave = async () => {
    if (pending) return;
    // In the click itself: browsers open no tab later.
    const tab = window.open("", "_blank");
    const answer = await run({});
    if (!answer.ok) {
      tab?.close();
      // The page asks to sign in again then, and what is behind this stays.
      if (answer.error.code === "not_signed_in") onEnd(false);
      return;
    }
    if (tab) tab.location.replace(answer.data.url);
    setBlocked(tab ? null : answer.data.url);
    setLeft(true);
  };

  return (
    <Dialog
      open
      onClose={() => onEnd(false)}
      title={t("title")}
      description={t("providerNote", { name })}
      pending={pending}
      size="sm"
      footer={
        <>
          <Button onClick={() => onEnd(false)} disabledReason={pending ? ui("wait") : undefined}>
            {ui("cancel")}
          </Button>
          {left && (
            <Button variant="primary" onClick={() => onEnd(true)}>
              {t("providerContinue")}
            </Button>
          )}
        </>
      }
    >
      <div className="grid justify-items-start gap-4 pb-2">
        {error && <ErrorNotice error={{ ...error, requestId: undefined }} />}
        {blocked && (
          <Callout tone="warning" role="alert" title={t("providerBlocked")}>
            <a className="underline" href={blocked} target="_blank" rel="noreferrer">
              {t("providerLink", { name })}
            </a>
          </Callout>
        )}
        <Button variant={left ? undefined : "primary"} pending={pending} onClick={leave} data-autofocus>
          {t("providerOpen", { name })}
        </Button>
      </div>
    </Dialog>
  );
}
