import { useTranslations } from "next-intl";
import { Amount } from "@/components/ui/value/amount";
import { DateTime } from "@/components/ui/value/date-time";
import type { OperationDetail, ReadingView } from "@/lib/operations";
import type { OperationKind, Reading } from "@/lib/operations/types";
import { findMessage } from "@/lib/web/i18n/find-message";

const cell = "border-line border-b px-2 py-1.5 text-start align-top";

type Head = "source" | "target" | "presence" | "full";

/** What a reading of each kind of operation shows. */
const columns: Record<OperationKind, { heads: readonly Head[]; className?: string }> = {
  transfer: { heads: ["source", "target"], className: "text-end" },
  destroy: { heads: ["presence", "full"] },
  generate: { heads: ["full"] },
};

/** The readings in time order, each with its conclusion. */
export function EvidenceTable({ operation }: { operation: OperationDetail }) {
  const t = useTranslations("operations");
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm">
        <caption className="sr-only">{t("detail.evidence")}</caption>
        <thead className="text-faint">
          <tr>
            <th className={cell}>{t("reading.time")}</th>
            <Heads kind={operation.kind} />
            <th className={cell}>{t("reading.conclusion")}</th>
          </tr>
        </thead>
        <tbody>
          {operation.readings.map((row) => (
            <tr key={row.at + row.conclusion}>
              <td className={cell}>
                <DateTime value={row.at} />
              </td>
              <Cells reading={row.reading} />
              <td className={cell}>
                <Conclusion row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Heads({ kind }: { kind: OperationKind }) {
  const t = useTranslations("operations");
  const { heads, className = "" } = columns[kind];
  return heads.map((head) => (
    <th key={head} className={`${cell} ${className}`}>
      {t(`reading.${head}`)}
    </th>
  ));
}

function Cells({ reading }: { reading: Reading }) {
  const t = useTranslations("operations");
  if (reading.kind === "balances") {
    return (
      <>
        <td className={`${cell} text-end`}>
          <Amount value={reading.source} />
        </td>
        <td className={`${cell} text-end`}>
          <Amount value={reading.target} />
        </td>
      </>
    );
  }
  if (reading.kind === "presence") {
    const words = (listed: boolean | null) =>
      t(listed === null ? "reading.notRead" : listed ? "reading.listed" : "reading.gone");
    return (
      <>
        <td className={cell}>{words(reading.byId)}</td>
        <td className={cell}>{words(reading.inFullList)}</td>
      </>
    );
  }
  if (reading.kind === "listing") return <td className={cell}>{t("reading.found", { count: reading.found })}</td>;
  return (
    <td className={cell} colSpan={2}>
      {t("reading.answer")}
    </td>
  );
}

function Conclusion({ row }: { row: ReadingView }) {
  const t = useTranslations("operations");
  return findMessage(t, `conclusion.${row.conclusion}`) ?? row.conclusion;
}
