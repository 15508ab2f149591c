import "server-only";
import { getTranslations } from "next-intl/server";
import type { AuditExportLabels } from "@/lib/audit";
import { findMessage } from "../i18n/find-message";

/** The labels of an audit export in the language of the request. */
export async function auditExportLabels(): Promise<AuditExportLabels> {
  const t = await getTranslations("audit");
  return {
    header: [
      t("columns.seq"),
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
    action: (action) => findMessage(t, `action.${action}`) ?? action,
    outcome: (outcome) => findMessage(t, `outcome.${outcome}`) ?? outcome,
    name: (scope, count) => [t("file.what"), t(`file.${scope}`), t("file.count", { count })],
  };
}
