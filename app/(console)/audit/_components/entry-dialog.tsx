import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/clipboard/copy-button";
import { Button } from "@/components/ui/button/button";
import { DescriptionList } from "@/components/ui/description-list";
import { Dialog } from "@/components/ui/dialog";
import { DateTime } from "@/components/ui/value/date-time";
import type { ListedAudit } from "@/lib/audit";
import { ActorName } from "./actor-name";
import { OutcomeBadge } from "./outcome-badge";
import { TargetLink } from "./target-link";
import { useActionLabels } from "./use-action-labels";

/** Every field of one audit record. */
export function EntryDialog({ entry, onClose }: { entry: ListedAudit | null; onClose: () => void }) {
  const t = useTranslations("audit");
  const ui = useTranslations("ui");
  const { entryLabelOf } = useActionLabels();
  if (!entry) return null;
  const detail = Object.keys(entry.detail).length ? JSON.stringify(entry.detail, null, 2) : null;
  const id = (text: string | null, label: string) =>
    text === null ? (
      "—"
    ) : (
      <span className="inline-flex items-center gap-1">
        <span className="font-mono text-sm [overflow-wrap:anywhere]">{text}</span>
        <CopyButton text={text} label={label} />
      </span>
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("entry.title", { id: entry.id })}
      footer={
        <Button onClick={onClose} data-autofocus>
          {ui("close")}
        </Button>
      }
    >
      <div className="grid gap-3 pb-2">
        <DescriptionList
          items={[
            { label: t("columns.seq"), value: entry.seq ?? t("entry.unsealed") },
            { label: t("columns.at"), value: <DateTime value={entry.at} /> },
            { label: t("columns.actor"), value: <ActorName row={entry} /> },
            { label: t("columns.action"), value: entryLabelOf(entry) },
            { label: t("entry.kind"), value: <code className="font-mono text-sm">{entry.action}</code> },
            { label: t("columns.target"), value: <TargetLink row={entry} /> },
            { label: t("filter.target"), value: id(entry.targetId, t("copyTarget")) },
            { label: t("columns.outcome"), value: <OutcomeBadge outcome={entry.outcome} /> },
            { label: t("columns.ip"), value: <span className="font-mono text-sm">{entry.ip ?? "—"}</span> },
            { label: t("entry.agent"), value: entry.userAgent ?? "—" },
            { label: t("entry.requestId"), value: id(entry.requestId, ui("copyRequestId")) },
          ]}
        />
        <div>
          <h3 className="mb-1 text-soft text-sm">{t("entry.detail")}</h3>
          {detail ? (
            <pre className="max-h-60 overflow-auto whitespace-pre-wrap rounded-md bg-sunken p-2 font-mono text-xs [overflow-wrap:anywhere]">
              {detail}
            </pre>
          ) : (
            <p className="text-faint">{t("entry.detailEmpty")}</p>
          )}
        </div>
      </div>
    </Dialog>
  );
}
