import { useTranslations } from "next-intl";
import { Amount } from "@/components/ui/value/amount";
import { DateTime } from "@/components/ui/value/date-time";
import type { OperationDetail, ReadingView } from "@/lib/operations";
import type { OperationKind, Reading } from "@/lib/operations/types";
import { findMessage } from "@/lib/web/i18n/find-message";

/** A table from 640 px; below that each reading is three lines: time, values with their names, conclusion. */
const cell = "align-top sm:border-line sm:border-b sm:px-2 sm:py-1.5";
const named = "max-sm:before:me-1 max-sm:before:text-faint max-sm:before:content-[attr(data-label)]";

type Head = "source" | "target" | "presence" | "full";

/** What a reading of each kind of operation shows. */
const columns: Record<OperationKind, { heads: readonly Head[]; align: "text-start" | "text-end" }> = {
  transfer: { heads: ["source", "target"], align: "text-end" },
  destroy: { heads: ["presence", "full"], align: "text-start" },
  generate: { heads: ["full"], align: "text-start" },
};

/** The readings in time order, each with its conclusion. */
export function EvidenceTable({ operation }: { operation: OperationDetail }) {
  const t = useTranslations("operations");
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm max-sm:block">
        <caption className="sr-only">{t("detail.evidence")}</caption>
        <thead className="text-faint max-sm:hidden">
          <tr>
            <th className={`${cell} text-start`}>{t("reading.time")}</th>
            <Heads kind={operation.kind} />
            <th className={`${cell} text-start`}>{t("reading.conclusion")}</th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {operation.readings.map((row) => (
            <tr
              key={row.at + row.conclusion}
              className="border-line max-sm:flex max-sm:flex-wrap max-sm:gap-x-3 max-sm:border-b max-sm:py-1.5"
            >
              <td className={`${cell} max-sm:w-full`}>
                <DateTime value={row.at} />
              </td>
              <Cells reading={row.reading} />
              <td className={`${cell} max-sm:w-full`}>
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
  const { heads, align } = columns[kind];
  return heads.map((head) => (
    <th key={head} className={`${cell} ${align}`}>
      {t(`reading.${head}`)}
    </th>
  ));
}

function Cells({ reading }: { reading: Reading }) {
  const t = useTranslations("operations");
  if (reading.kind === "balances") {
    return (
      <>
        <td data-label={t("reading.source")} className={`${cell} ${named} text-end`}>
          <Amount value={reading.source} />
        </td>
        <td data-label={t("reading.target")} className={`${cell} ${named} text-end`}>
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
        <td data-label={t("reading.presence")} className={`${cell} ${named}`}>
          {words(reading.byId)}
        </td>
        <td data-label={t("reading.full")} className={`${cell} ${named}`}>
          {words(reading.inFullList)}
        </td>
      </>
    );
  }
  if (reading.kind === "listing") {
    return (
      <td data-label={t("reading.full")} className={`${cell} ${named}`}>
        {t("reading.found", { count: reading.found })}
      </td>
    );
  }
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
