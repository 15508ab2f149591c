import Link from "next/link";
import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Stat } from "@/components/stat";
import { Term } from "@/components/ui/term";
import { RelativeTime } from "@/components/ui/value/relative-time";
import { formatInteger } from "@/lib/format/numbers";
import type { OverviewView, TypeTotal, UnknownOperationsView } from "@/lib/monitoring";

/** The four main numbers. */
export function Headline({ overview }: { overview: OverviewView }) {
  const t = useTranslations("overview");
  const { types, low, unknownOperations } = overview;
  const sum = (pick: (total: TypeTotal) => number) => types.reduce((all, total) => all + pick(total), 0);
  const cards = sum((total) => total.cards);
  const calls = sum((total) => total.balance);
  const read = types.length > 0;
  return (
    <Panel>
      <div className="grid grid-cols-2 gap-x-4 gap-y-4 sm:gap-x-6 xl:grid-cols-4">
        <Stat
          label={t("cards")}
          about={<Term name="card" />}
          value={read ? formatInteger(cards) : "—"}
          unit={t("cardsUnit", { count: cards })}
        />
        <Stat
          label={t("remaining")}
          about={<Term name="calls" />}
          value={read ? formatInteger(calls) : "—"}
          unit={t("callsUnit", { count: calls })}
          note={<Apart unlimited={sum((total) => total.unlimited)} unknown={sum((total) => total.unknown)} />}
        />
        <Stat
          label={t("running")}
          value={read ? formatInteger(low.low) : "—"}
          unit={t("cardsUnit", { count: low.low })}
          note={
            read &&
            t.rich("runningNote", {
              empty: low.empty,
              link: (words) => (
                <Link href="/cards?types=1,2,3,4,5&empty=yes" className="underline underline-offset-2">
                  {words}
                </Link>
              ),
            })
          }
          tone={low.low > 0 ? "warning" : "neutral"}
        />
        <UnknownStat unknown={unknownOperations} />
      </div>
    </Panel>
  );
}

/** Cards without a numeric balance are listed separately, never counted as 0. */
function Apart({ unlimited, unknown }: { unlimited: number; unknown: number }) {
  const t = useTranslations("overview");
  const parts = [
    unlimited > 0 && t("apartUnlimited", { count: unlimited }),
    unknown > 0 && t("apartUnknown", { count: unknown }),
  ].filter((part) => part !== false);
  return parts.length > 0 && t("apart", { what: parts.join(" · ") });
}

/** Red when the oldest is older than 15 minutes. */
function UnknownStat({ unknown }: { unknown: UnknownOperationsView }) {
  const t = useTranslations("overview");
  const { count, oldest, needManualResolution, overdue } = unknown;
  return (
    <Stat
      label={t("unknownOps")}
      value={
        count === 0 ? (
          "0"
        ) : (
          <Link href="/operations?states=unknown" className="underline decoration-1 underline-offset-4">
            {formatInteger(count)}
          </Link>
        )
      }
      tone={overdue ? "danger" : count > 0 ? "unknown" : "neutral"}
      note={
        oldest ? (
          <>
            <Link href={`/operations/${oldest.id}`} className="hover:underline">
              {t.rich("oldest", { ago: () => <RelativeTime value={oldest.sentAt} /> })}
            </Link>
            {needManualResolution > 0 && <p>{t("needsManualResolution", { count: needManualResolution })}</p>}
          </>
        ) : (
          t("allKnown")
        )
      }
    />
  );
}
