import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { DateTime } from "@/components/ui/value/date-time";
import type { ChainReport } from "@/lib/audit";
import { formatInteger } from "@/lib/format/numbers";
import { useActionLabels } from "./use-action-labels";

/** What a check of the audit came to, in words: all as it was written, or the first record that is not. */
export function ChainReportNotice({ report }: { report: ChainReport }) {
  const t = useTranslations("audit.verify");
  const { labelOf } = useActionLabels();
  const { fault, checked, provenFrom, waiting, heads } = report;
  if (fault) {
    const numbers = { seq: String(fault.seq ?? ""), other: String(fault.otherSeq ?? "") };
    const kind = fault.kind === "added" && fault.seq === null ? "added_unnumbered" : fault.kind;
    return (
      <Callout tone="danger" role="alert" className="mb-3" title={t(`fault.${kind}`, numbers)}>
        {fault.action && fault.at && (
          <p>
            {labelOf(fault.action)} · <bdi>{fault.actorName}</bdi> · <DateTime value={fault.at} />
          </p>
        )}
        <p>{t("faultHint")}</p>
      </Callout>
    );
  }
  return (
    <Callout tone="done" role="status" className="mb-3" title={t("right", { checked: formatInteger(checked) })}>
      {waiting > 0 && <p>{t("waiting", { count: waiting })}</p>}
      {provenFrom && provenFrom.seq > 1 && <p>{t("provenFrom", { seq: formatInteger(provenFrom.seq) })}</p>}
      <p>{heads === null ? t("noHeads") : t("heads", { count: heads })}</p>
    </Callout>
  );
}
