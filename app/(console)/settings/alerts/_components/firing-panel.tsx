"use client";

import { useTimeZone, useTranslations } from "next-intl";
import { useKeyTypeName } from "@/app/(console)/_components/use-key-type-name";
import { Panel } from "@/components/panel";
import { Badge } from "@/components/ui/badge";
import type { FiringView } from "@/lib/alerts/types";
import { formatDateTime } from "@/lib/format/dates";
import { findMessage } from "@/lib/web/i18n/find-message";

/** What is wrong now, as of the last check, and since when. */
export function FiringPanel({ firing }: { firing: readonly FiringView[] }) {
  const t = useTranslations("alerts");
  const upstream = useTranslations("shell.upstreams.names");
  const keyType = useKeyTypeName();
  const zone = useTimeZone();
  const nameOf = ({ rule, subject }: FiringView) => {
    if (!subject) return "";
    return rule === "keys_left" ? keyType(Number(subject)) : (findMessage(upstream, subject) ?? subject);
  };
  return (
    <Panel title={t("firing.title")}>
      {firing.length === 0 ? (
        <p className="text-soft">{t("firing.none")}</p>
      ) : (
        <ul className="grid gap-1.5">
          {firing.map((each) => (
            <li key={`${each.rule} ${each.subject}`} className="flex flex-wrap items-center gap-2">
              <Badge tone="warning">{t(`rules.${each.rule}.name`)}</Badge>
              {nameOf(each) && <span>{nameOf(each)}</span>}
              <span className="text-faint text-sm">
                {t("firing.since", { at: formatDateTime(new Date(each.since), zone) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
