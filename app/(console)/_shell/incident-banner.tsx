"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { incidentQuery } from "@/app/(console)/_components/status-queries";
import { Banner } from "@/components/shell/banner";
import { RelativeTime } from "@/components/ui/value/relative-time";
import type { IncidentView } from "@/lib/settings";

/** On every page while writes are paused: who paused them, when and why. Polls every 30 seconds. */
export function IncidentBanner({ initial }: { initial: IncidentView }) {
  const t = useTranslations("shell.incident");
  const { data } = useQuery({
    ...incidentQuery,
    initialData: initial,
  });
  if (!data.paused) return null;
  const { byName, since, reason } = data.paused;
  return (
    <Banner kind="incident">
      {t.rich("banner", { by: byName, reason, ago: () => <RelativeTime value={since} /> })}
    </Banner>
  );
}
