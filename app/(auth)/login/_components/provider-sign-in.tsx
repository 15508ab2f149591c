import { useTranslations } from "next-intl";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { beginSingleSignOnAction } from "../actions";

/** Sign in by the provider of single sign-on: its page takes the place of this one, and leads back. */
export function ProviderSignIn({ name, target }: { name: string; target: string }) {
  const t = useTranslations("auth");
  const { run, pending, error } = useAction(beginSingleSignOnAction, { effect: "none" });
  const leave = async () => {
    if (pending) return;
    const answer = await run({ callbackUrl: target });
    if (answer.ok) window.location.assign(answer.data.url);
  };
  return (
    <>
      {error && <ErrorNotice error={{ ...error, requestId: undefined }} />}
      <Button size="lg" pending={pending} onClick={leave}>
        {t("provider", { name })}
      </Button>
    </>
  );
}
