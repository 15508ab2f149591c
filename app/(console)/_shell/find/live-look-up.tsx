import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import { lookUpCardAction } from "@/app/(console)/cards/actions";
import { useAction } from "@/components/actions/use-action";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button/button";
import { Amount } from "@/components/ui/value/amount";
import type { LookedUpCard } from "@/lib/cards/types";
import type { PhoneAndCode } from "@/lib/format/recognize/phone-and-code-of";

type Props = {
  asked: PhoneAndCode;
  /** Enter was pressed: ask without the button. */
  atOnce: boolean;
  onGo: (id: string) => void;
};

/** For a phone and code that no mirrored card has: ask the upstream itself. Mount it anew for another pair. */
export function LiveLookUp({ asked, atOnce, onGo }: Props) {
  const t = useTranslations("cards.find.live");
  const typeName = useCardTypeName();
  const { sentence } = useErrorText();
  const { run, pending, error } = useAction(lookUpCardAction, { effect: "none" });
  const [answer, setAnswer] = useState<LookedUpCard | null>(null);
  const ask = async () => {
    const result = await run(asked);
    if (result.ok) setAnswer(result.data);
  };
  const askAtOnce = useEffectEvent(ask);
  useEffect(() => {
    if (atOnce) void askAtOnce();
  }, [atOnce]);
  const card = answer?.card;
  return (
    <div className="grid gap-1 border-line border-t px-2 py-2 text-sm">
      {!answer && (
        <div>
          <Button size="sm" icon="search" pending={pending} onClick={ask}>
            {t("ask")}
          </Button>
        </div>
      )}
      <div role="status">
        {error && <p className="text-danger">{sentence(error)}</p>}
        {answer && !card && <p>{t("none")}</p>}
        {card && (
          <p className="flex flex-wrap items-baseline gap-x-3">
            <Badge tone="accent">{t(card.mirrored ? "mirrored" : "notListed")}</Badge>
            <bdi className="min-w-0 max-w-full truncate font-medium">{card.userName ?? "—"}</bdi>
            <span className="text-soft">{card.maskedPhone ?? "—"}</span>
            <span className="font-mono text-faint">{card.maskedCode}</span>
            <span className="text-soft">{typeName(card.type)}</span>
            <span className="ms-auto">
              <Amount value={card.balance} />
            </span>
          </p>
        )}
      </div>
      {card?.mirrored && (
        <div>
          <Button size="sm" onClick={() => onGo(card.id)}>
            {t("open")}
          </Button>
        </div>
      )}
    </div>
  );
}
