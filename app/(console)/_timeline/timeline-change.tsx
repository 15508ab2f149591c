import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import { Amount } from "@/components/ui/value/amount";
import type { Balance } from "@/lib/cards/types";
import { formatInteger } from "@/lib/format/numbers";
import type { TimelineEvent } from "@/lib/timeline/types";

/** Without a heading it would be a dash that means nothing. */
const NONE = (
  <span data-none="" className="text-faint">
    —
  </span>
);

type Props = { event: TimelineEvent; nameOf: ((cardId: string) => ReactNode) | undefined };

/** What an entry changed: the difference and before → after; — where nothing did. */
export function TimelineChange({ event, nameOf }: Props) {
  const t = useTranslations("timeline");
  const typeName = useCardTypeName();
  if (event.kind === "balance") return <BalanceChange {...event} />;
  if (event.kind === "operation") {
    if (event.changes.length === 0) return NONE;
    return event.changes.map((change) => (
      <span key={change.cardId} className="block">
        {nameOf && <span className="me-2">{nameOf(change.cardId)}</span>}
        {"gone" in change ? t("gone") : <BalanceChange {...change} />}
      </span>
    ));
  }
  if (event.kind === "type") {
    const name = (type: string | null) => (type === null ? "—" : typeName(type));
    return `${name(event.before)} → ${name(event.after)}`;
  }
  if (event.kind === "owner" || event.kind === "redeemed" || event.kind === "code") {
    if (event.unreadable) return <span className="text-faint">{t("unreadable")}</span>;
    return (
      <span className={event.kind === "code" ? "font-mono" : undefined}>
        {event.before ?? "—"} → {event.after ?? "—"}
      </span>
    );
  }
  return NONE;
}

function BalanceChange({ before, after }: { before: Balance; after: Balance }) {
  return (
    <>
      {typeof before === "number" && typeof after === "number" && (
        <strong className="me-2 font-semibold tabular-nums">{signed(after - before)}</strong>
      )}
      <span className="text-soft">
        <Amount value={before} /> → <Amount value={after} />
      </span>
    </>
  );
}

const signed = (calls: number): string => `${calls < 0 ? "−" : "+"}${formatInteger(Math.abs(calls))}`;
