import Link from "next/link";
import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import type { BalanceChange, ChangePart } from "@/lib/customers/types";
import { formatInteger } from "@/lib/format/numbers";

/** The id of what the days lead to. */
export const TIMELINE = "timeline";

/** The last days on which a balance changed, each with what it is made of: sums, where the line of time has each step. */
export function CustomerChanges({ changes }: { changes: readonly BalanceChange[] }) {
  const t = useTranslations("customers.changes");
  return (
    <Panel
      title={t("title")}
      flush
      actions={
        <a href={`#${TIMELINE}`} className="text-accent text-sm hover:underline">
          {t("toTimeline")}
        </a>
      }
    >
      {changes.length === 0 && <p className="px-4 pt-1 pb-4 text-faint">{t("empty")}</p>}
      <ul>
        {changes.map((change) => (
          <li key={`${change.cardId} ${change.day}`} className="grid gap-0.5 border-line px-4 py-2 not-last:border-b">
            <span className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-semibold tabular-nums">{signed(change.delta)}</span>
              <Link href={`/cards/${change.cardId}`} prefetch={false} className="font-mono text-accent hover:underline">
                {change.maskedCode}
              </Link>
              <time dateTime={change.day} className="ms-auto text-faint text-sm">
                {change.day}
              </time>
            </span>
            <ul className="flex flex-wrap gap-x-3 text-sm text-soft">
              {change.parts.map((part) => (
                <li key={"operationId" in part ? `${part.operationId} ${part.calls}` : part.cause}>
                  <Cause part={part} />
                </li>
              ))}
              {change.partial && <li className="text-faint">{t("partial")}</li>}
            </ul>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** With a true minus sign, as wide as a plus. */
const signed = (delta: number): string =>
  delta < 0 ? `−${formatInteger(-delta)}` : delta > 0 ? `+${formatInteger(delta)}` : "±0";

function Cause({ part }: { part: ChangePart }) {
  const t = useTranslations("customers.changes");
  const { cause, calls } = part;
  if (!("operationId" in part)) return t(cause, { calls });
  return (
    <Link href={`/operations/${part.operationId}`} prefetch={false} className="hover:underline">
      {t.rich(cause, { calls, name: () => <bdi>{part.actorName ?? "—"}</bdi> })}
      {part.reference && t.rich("ticket", { ticket: () => <bdi>{part.reference}</bdi> })}
    </Link>
  );
}
