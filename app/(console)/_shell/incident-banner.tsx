"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { incidentQuery } from "@/app/(console)/_components/status-queries";
import { Banner } from "@/components/shell/banner";
import { RelativeTime } from "@/components/ui/value/relative-time";
import type { IncidentView } from "@/lib/settings";

/**
 * On every page: that writes are paused, by whom, when and why; that they stop because the disk is nearly full; that
 * outcomes would be lost with the process. Polls every 30 seconds.
 */
export function IncidentBanner({ initial }: { initial: IncidentView }) {
  const t = useTranslations("shell");
  const { data } = useQuery({
    ...incidentQuery,
    initialData: initial,
  });
  const { paused, diskShort, unrecorded } = data;
  return (
    <>
      {paused && (
        <Banner kind="incident">
          {t.rich("incident.banner", {
            by: paused.byName,
            reason: paused.reason,
            ago: () => <RelativeTime value={paused.since} />,
          })}
        </Banner>
      )}
      {diskShort && <Banner kind="danger">{t("disk.banner")}</Banner>}
      {unrecorded > 0 && <Banner kind="danger">{t("unrecorded.banner", { count: unrecorded })}</Banner>}
    </>
  );
}
