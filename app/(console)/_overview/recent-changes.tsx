import Link from "next/link";
import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Stat } from "@/components/stat";
import { DateTime } from "@/components/ui/value/date-time";
import { formatInteger } from "@/lib/format/numbers";
import type { RecentChangesView } from "@/lib/monitoring";

/** What changed since yesterday about all cards; each number leads to the list behind it. */
export function RecentChanges({ recent }: { recent: RecentChangesView }) {
  const t = useTranslations("overview");
  const { day, most, begunAt } = recent;
  const ours = `states=done,applied&from=${day}`;
  const numbers = [
    { name: "moved", count: recent.moved, href: `/operations?kinds=transfer&${ours}` },
    { name: "destroyed", count: recent.destroyed, href: `/operations?kinds=destroy&${ours}` },
    { name: "created", count: recent.created, href: `/cards?from=${day}` },
    { name: "gone", count: recent.gone, href: `/cards?goneSince=${day}` },
    { name: "emptied", count: recent.emptied, href: `/cards?emptiedSince=${day}` },
  ] as const;
  return (
    <Panel title={t("recent.title")}>
      <div className="grid grid-cols-2 gap-x-4 gap-y-4 sm:grid-cols-3 sm:gap-x-6 xl:grid-cols-5">
        {numbers.map(({ name, count, href }) => (
          <Stat
            key={name}
            label={t(`recent.${name}`)}
            value={
              count === 0 ? (
                "0"
              ) : (
                <Link href={href} className="underline decoration-1 underline-offset-4">
                  {count > most ? t("recent.more", { most }) : formatInteger(count)}
                </Link>
              )
            }
          />
        ))}
      </div>
      {begunAt && (
        <p className="mt-3 text-soft text-sm">{t.rich("recent.begun", { at: () => <DateTime value={begunAt} /> })}</p>
      )}
    </Panel>
  );
}
