import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { publicErrorOf } from "@/lib/web/post-json";
import { FollowUpItem } from "./follow-up-item";
import { type FollowedCard, OpenFollowUpDialog } from "./open-follow-up-dialog";
import { followUpListQuery } from "./query-options";

type Props = {
  /** What a new one can be about; what is open about any of them is listed. */
  cards: readonly FollowedCard[];
  self: string;
};

/** The open follow-ups of a card or a customer, and a button for a new one. */
export function FollowUpsPanel({ cards, self }: Props) {
  const t = useTranslations("customers.followUps");
  const [opening, setOpening] = useState(false);
  const { data, error, refetch } = useQuery({
    ...followUpListQuery({ whose: "all", state: "open", cardIds: cards.map(({ id }) => id), page: 1, size: 20 }),
    enabled: cards.length > 0,
  });
  if (cards.length === 0) return null;
  return (
    <Panel
      title={t("title")}
      flush
      actions={
        <Button
          size="sm"
          icon="clock"
          disabledReason={data ? undefined : t(error ? "notRead" : "loading")}
          onClick={() => setOpening(true)}
        >
          {t("new")}
        </Button>
      }
    >
      {error && !data && (
        <div className="px-4 pt-1 pb-4">
          <ErrorNotice error={publicErrorOf(error)} onRetry={() => void refetch()} />
        </div>
      )}
      {data?.rows.length === 0 && <p className="px-4 pt-1 pb-4 text-faint">{t("none")}</p>}
      <ul>
        {data?.rows.map((row) => (
          <FollowUpItem key={row.id} followUp={row} colleagues={data.colleagues} withCard={cards.length > 1} />
        ))}
      </ul>
      {opening && data && (
        <OpenFollowUpDialog cards={cards} colleagues={data.colleagues} self={self} onClose={() => setOpening(false)} />
      )}
    </Panel>
  );
}
