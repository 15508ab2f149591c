import { useTranslations } from "next-intl";
import { ErrorDetails } from "@/components/feedback/error-details";
import { StaleNote } from "@/components/feedback/stale-note";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { Term } from "@/components/ui/term";
import { Amount } from "@/components/ui/value/amount";
import type { CardDetail } from "@/lib/cards/types";
import type { BlockedReasons } from "../../_components/use-blocked-reasons";
import type { Reread } from "./use-reread";

/** The id of what the balance leads to. */
export const TIMELINE = "timeline";

/** The balance, its age, and what can't be done with the card and why. */
export function CardBalancePanel({
  card,
  blockedReasons,
  reread,
}: {
  card: CardDetail;
  blockedReasons: BlockedReasons;
  reread: Reread;
}) {
  const t = useTranslations("cards");
  const { sentence } = useErrorText();
  const { pending, error, unlisted, start } = reread;
  return (
    <Panel>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
        <div className="min-w-0">
          <p className="text-soft text-sm">
            {t("card.balance")}
            <Term name="calls" />
          </p>
          <p className="font-semibold text-3xl">
            <a href={`#${TIMELINE}`} title={t("card.toTimeline")} className="hover:text-accent">
              <Amount value={card.balance} />
            </a>
            {typeof card.balance === "number" && (
              <span className="ms-1.5 font-normal text-base text-soft">{t("card.calls", { count: card.balance })}</span>
            )}
          </p>
        </div>
        <div className="ms-auto flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
          <div role="status">
            {pending ? (
              <span className="text-faint text-sm">{t("card.rereading")}</span>
            ) : (
              <StaleNote asOf={card.readAt} />
            )}
          </div>
          {start && (
            <Button size="sm" icon="refresh" pending={pending} onClick={start}>
              {t("actions.reread")}
            </Button>
          )}
        </div>
      </div>
      {error && (
        <div role="status" className="mt-2 text-sm text-soft">
          <p className="text-warning">{t("card.rereadFailed", { why: sentence(error) })}</p>
          <ErrorDetails error={error} />
        </div>
      )}
      {unlisted && !card.gone && <p className="mt-2 text-sm text-warning">{t("card.notListed")}</p>}
      {/* What holds a card is said once, above. */}
      {!card.lockedBy && (blockedReasons.transfer || blockedReasons.destroy) && (
        <dl className="mt-3 grid gap-x-3 gap-y-1 border-line border-t pt-3 text-sm sm:grid-cols-[auto_1fr]">
          {blockedReasons.transfer && <Reason title={t("card.cannotTransfer")} words={blockedReasons.transfer} />}
          {blockedReasons.destroy && <Reason title={t("card.cannotDestroy")} words={blockedReasons.destroy} />}
        </dl>
      )}
    </Panel>
  );
}

function Reason({ title, words }: { title: string; words: string }) {
  return (
    <>
      <dt className="text-faint">{title}</dt>
      <dd className="text-soft">{words}</dd>
    </>
  );
}
