import Link from "next/link";
import { useTranslations } from "next-intl";
import { CardProblems } from "@/app/(console)/_components/card/card-problems";
import { CardSummary } from "@/app/(console)/_components/card/card-summary";
import { useErrorText } from "@/components/feedback/use-error-text";
import type { ConfirmedRow, DestroyPreview, DestroyPreviewRow } from "@/lib/operations";
import { ReceiptButtons } from "../_components/receipt-buttons";
import { StateBadge } from "../_components/state-badge";
import type { DestroyPhase } from "./use-destroy";

type Props = {
  preview: DestroyPreview;
  results: ReadonlyMap<string, ConfirmedRow>;
  phase: DestroyPhase;
};

/** The cards that can be destroyed, then those that can't with the reason; afterwards each with its outcome. */
export function DestroyRows({ preview, results, phase }: Props) {
  const t = useTranslations("destroy");
  const cards = useTranslations("cards");
  const able = preview.rows.filter((row) => row.draft);
  const unable = preview.rows.filter((row) => !row.draft);
  const many = able.length > SCROLLS_FROM;
  const count = (...states: string[]) =>
    [...results.values()].filter((row) => row.ok && states.includes(row.operation.state)).length;
  const done = count("done", "applied");
  const unknown = count("unknown", "sent", "intent");
  const failed = able.length - done - unknown;
  const summary = [
    done > 0 && t("summary.done", { count: done }),
    unknown > 0 && t("summary.unknown", { count: unknown }),
    failed > 0 && t("summary.failed", { count: failed }),
  ].filter(Boolean);
  return (
    <>
      {phase === "ended" && (
        <p role="status" className="font-medium">
          {summary.join(cards("joiner"))}
        </p>
      )}
      {able.length > 0 && (
        <section>
          {phase !== "ended" && <h3 className="mb-1 text-soft text-sm">{t("canBe", { count: able.length })}</h3>}
          <ul
            {...(many
              ? { tabIndex: 0, className: "grid max-h-72 gap-1 overflow-y-auto" }
              : { className: "grid gap-1" })}
          >
            {able.map((row) => (
              <Row
                key={row.cardId}
                row={row}
                result={results.get(row.draft?.operationId ?? "")}
                phase={phase}
                dense={many}
              />
            ))}
          </ul>
        </section>
      )}
      {unable.length > 0 && (
        <section>
          <h3 className="mb-1 text-soft text-sm">{t("cannot", { count: unable.length })}</h3>
          {unable.length > SCROLLS_FROM ? (
            <ul className="grid gap-1">
              {[...Map.groupBy(unable, reasonOf)].map(([reason, rows]) => (
                <SameReason key={reason} rows={rows} />
              ))}
            </ul>
          ) : (
            <ul className="grid gap-1">
              {unable.map((row) => (
                <Row key={row.cardId} row={row} phase={phase} />
              ))}
            </ul>
          )}
        </section>
      )}
    </>
  );
}

/** More rows than this are not shown one by one, or scroll by themselves. */
const SCROLLS_FROM = 4;

/** The same for cards that can't be destroyed for the same reason; how much is left on each does not tell them apart. */
const reasonOf = ({ problems, lockOwner }: DestroyPreviewRow): string =>
  lockOwner
    ? `locked ${lockOwner.operationId}`
    : problems.map(({ key, params }) => (key === "balance_not_zero" ? key : `${key} ${params?.type ?? ""}`)).join(" ");

/** Many cards that can't be destroyed for the same reason: how many, why, and which on demand. */
function SameReason({ rows }: { rows: readonly DestroyPreviewRow[] }) {
  const t = useTranslations("destroy");
  const [first] = rows;
  if (rows.length === 1 && first) return <Row row={first} phase="asking" />;
  return (
    <li className="rounded-md border border-line px-3 py-2">
      <details>
        <summary className="cursor-pointer">
          {t("sameReason", { count: rows.length })}
          <span className="inline-grid max-w-full align-top text-sm text-warning">
            {first?.lockOwner && t("blockedBy", { actor: first.lockOwner.actorName })}
            {first?.problems.some(({ key }) => key === "balance_not_zero") && t("hasBalance")}
            {first && <CardProblems problems={first.problems.filter(({ key }) => key !== "balance_not_zero")} />}
          </span>
        </summary>
        <ul className="mt-2 grid gap-1">
          {rows.map((row) => (
            <Row key={row.cardId} row={row} phase="asking" />
          ))}
        </ul>
      </details>
    </li>
  );
}

/** `dense`: of many, each in few words. */
type RowProps = { row: DestroyPreviewRow; result?: ConfirmedRow | undefined; phase: DestroyPhase; dense?: boolean };

function Row({ row, result, phase, dense = false }: RowProps) {
  const t = useTranslations("destroy");
  const { sentence } = useErrorText();
  const note = (
    <div className="w-full text-sm">
      {row.problems.length > 0 && (
        <div className="text-warning">
          <CardProblems problems={row.problems} />
        </div>
      )}
      {row.lockOwner && (
        <Link href={`/operations/${row.lockOwner.operationId}`} className="text-warning underline">
          {t("blockedBy", { actor: row.lockOwner.actorName })}
        </Link>
      )}
      {result?.ok && (
        <span className="mt-1 flex flex-wrap items-center gap-2">
          <Link href={`/operations/${result.operationId}`}>
            <StateBadge state={result.operation.state} />
          </Link>
          <ReceiptButtons small={dense} operation={result.operation} />
        </span>
      )}
      {result && !result.ok && <span className="text-danger">{sentence(result.error)}</span>}
      {phase === "ended" && row.draft && !result && <span className="text-faint">{t("notTried")}</span>}
    </div>
  );
  return (
    <li>
      {row.card ? (
        <CardSummary card={row.card}>{note}</CardSummary>
      ) : (
        <div className="rounded-md border border-line px-3 py-2">
          <code className="text-sm">{row.cardId}</code>
          {note}
        </div>
      )}
    </li>
  );
}
