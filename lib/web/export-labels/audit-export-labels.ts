import "server-only";
import { getTranslations } from "next-intl/server";
import type { AuditExportLabels } from "@/lib/audit";
import { OUTCOMES } from "@/lib/audit/types";

/** The labels of an audit export in the language of the request. */
export async function auditExportLabels(): Promise<AuditExportLabels> {
  const t = await getTranslations("audit");
  type Key = Parameters<typeof t.has>[0];
  return {
    header: [
      t("columns.at"),
      t("columns.actor"),
      t("columns.action"),
      t("entry.kind"),
      t("entry.targetKind"),
      t("columns.target"),
      t("columns.outcome"),
      t("columns.ip"),
      t("entry.agent"),
      t("entry.requestId"),
      t("entry.detail"),
    ],
    action: (action) => (t.has(`action.${action}` as Key) ? t(`action.${action}` as Key) : action),
    outcome: (outcome) => {
      const known = OUTCOMES.find((each) => each === outcome);
      return known ? t(`outcome.${known}`) : outcome;
    },
    name: (scope, count) => [t("file.what"), t(`file.${scope}`), t("file.count", { count })],
  };
}
