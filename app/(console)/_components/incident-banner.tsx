"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { postJson } from "@/app/_client/post-json";
import { Banner } from "@/components/shell/banner";
import { Ago } from "@/components/ui/ago";
import type { IncidentView } from "@/lib/settings";

/** Over every screen while writes are paused: who, since when and why. Notices a pause within half a minute. */
export function IncidentBanner({ initial }: { initial: IncidentView }) {
  const t = useTranslations("shell.incident");
  const { data } = useQuery({
    queryKey: ["incident"],
    queryFn: ({ signal }) => postJson<IncidentView>("/api/incident", {}, signal),
    initialData: initial,
    refetchInterval: 30_000,
  });
  if (!data.paused) return null;
  const { byName, since, reason } = data.paused;
  return <Banner kind="incident">{t.rich("banner", { by: byName, reason, ago: () => <Ago value={since} /> })}</Banner>;
}
