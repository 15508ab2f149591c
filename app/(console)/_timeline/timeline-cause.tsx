import Link from "next/link";
import { useTranslations } from "next-intl";
import { NoteText } from "@/app/(console)/_customer/note-text";
import { CardLink } from "@/app/(console)/operations/_components/card-link";
import { StateBadge } from "@/app/(console)/operations/_components/state-badge";
import { useOperationSummary } from "@/app/(console)/operations/_components/use-operation-summary";
import type { Balance } from "@/lib/cards/types";
import type { OperationView } from "@/lib/operations";
import type { TimelineEvent } from "@/lib/timeline/types";

/** `readings`: how many changes the row stands for. */
type Props = { event: TimelineEvent; cardIds: readonly string[]; readings: number };

/** By what an entry came about: our operation with who and why, or what was seen upstream. */
export function TimelineCause({ event, cardIds, readings }: Props) {
  const t = useTranslations("timeline");
  if (event.kind === "operation") return <OperationCause operation={event.operation} cardIds={cardIds} />;
  if (event.kind === "note")
    return (
      <>
        {t("event.note")} <By name={event.authorName} />
        <NoteText note={event} />
      </>
    );
  if (event.kind === "tagged" || event.kind === "untagged")
    return (
      <>
        {t(`event.${event.kind}`)} <bdi>{event.tag}</bdi> <By name={event.actorName} />
      </>
    );
  if (event.kind === "reveal") {
    const what = t(event.field === null ? "event.reveal" : `event.reveal_${event.field}`);
    return (
      <>
        {what} <By name={event.actorName} />
      </>
    );
  }
  const what = event.kind === "balance" ? t(`event.${moveOf(event.before, event.after)}`) : t(`event.${event.kind}`);
  return (
    <>
      {what} {event.kind !== "firstSeen" && <span className="text-faint">{t("upstream")}</span>}
      {readings > 1 && <span className="text-faint"> {t("readings", { count: readings })}</span>}
    </>
  );
}

/** What a change of a balance that is not ours is called. */
function moveOf(before: Balance, after: Balance): "used" | "added" | "balance" {
  if (typeof before !== "number" || typeof after !== "number") return "balance";
  return after < before ? "used" : "added";
}

function OperationCause({ operation, cardIds }: { operation: OperationView; cardIds: readonly string[] }) {
  const t = useTranslations("timeline");
  const kinds = useTranslations("types.operation");
  const summarize = useOperationSummary();
  const { source, target, note, reference } = operation;
  const [arrow, other] = source && cardIds.includes(source.id) ? ["→", target] : ["←", source];
  return (
    <>
      <span className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <Link href={`/operations/${operation.id}`} prefetch={false} className="text-accent hover:underline">
          {kinds(operation.kind)} {summarize(operation)}
        </Link>
        {operation.kind === "transfer" && other && (
          <span className="inline-flex min-w-0 items-baseline gap-1">
            <span>{arrow}</span>
            <CardLink card={other} />
          </span>
        )}
        {operation.reverses && <span className="text-soft">{t("reversal")}</span>}
        {(operation.merges || operation.mergeOf) && <span className="text-soft">{t("merging")}</span>}
        <StateBadge state={operation.state} />
        <By name={operation.actorName} />
      </span>
      {(note || reference) && (
        <span className="flex flex-wrap gap-x-3 text-soft">
          {note && <bdi className="[overflow-wrap:anywhere]">{note}</bdi>}
          {reference && <bdi className="[overflow-wrap:anywhere]">{reference}</bdi>}
        </span>
      )}
    </>
  );
}

function By({ name }: { name: string }) {
  const t = useTranslations("operations");
  return <span className="text-soft">{t.rich("byActor", { name: () => <bdi>{name}</bdi> })}</span>;
}
