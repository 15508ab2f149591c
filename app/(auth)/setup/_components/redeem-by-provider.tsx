import { useTranslations } from "next-intl";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { redeemByProviderAction } from "../actions";

type Props = { name: string; token: string; onSpent: () => void };

/** Use the link by single sign-on: the provider's page takes the place of this one, and leads back. */
export function RedeemByProvider({ name, token, onSpent }: Props) {
  const t = useTranslations("auth.setUp");
  const { run, pending, error } = useAction(redeemByProviderAction, { effect: "none" });
  const leave = async () => {
    if (pending) return;
    const answer = await run({ token });
    if (answer.ok) window.location.assign(answer.data.url);
    else if (answer.error.code === "expired") onSpent();
  };
  return (
    <>
      {error && <ErrorNotice error={error} />}
      <p className="text-soft text-sm">{t("orProvider", { name })}</p>
      <Button size="lg" pending={pending} onClick={leave}>
        {t("byProvider", { name })}
      </Button>
    </>
  );
}
