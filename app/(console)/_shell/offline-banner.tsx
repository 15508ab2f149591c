"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTimeZone, useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { Banner } from "@/components/shell/banner";
import { formatDateTime } from "@/lib/format/dates";

const subscribe = (changed: () => void) => {
  window.addEventListener("online", changed);
  window.addEventListener("offline", changed);
  return () => {
    window.removeEventListener("online", changed);
    window.removeEventListener("offline", changed);
  };
};

/** While the browser has no network: that it has none, and of when what is shown is. */
export function OfflineBanner() {
  const t = useTranslations("shell.offline");
  const zone = useTimeZone();
  const client = useQueryClient();
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  if (online) return null;
  const times = client
    .getQueryCache()
    .getAll()
    .map(({ state }) => state.dataUpdatedAt);
  const newest = Math.max(0, ...times);
  return (
    <Banner kind="incident">
      {newest > 0 ? t("since", { at: formatDateTime(new Date(newest), zone) }) : t("title")}
    </Banner>
  );
}
