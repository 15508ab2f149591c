"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useTimeZone, useTranslations } from "next-intl";
import { useCallback, useSyncExternalStore } from "react";
import { Banner } from "@/components/shell/banner";
import { formatDateTime } from "@/lib/format/dates";
import { publicErrorOf } from "@/lib/web/post-json";

/** When the newest was read, and why nothing newer can be: the browser has no network, or the last read of all failed. */
function readingsOf(client: QueryClient) {
  const states = client
    .getQueryCache()
    .getAll()
    .map(({ state }) => state);
  const newest = Math.max(0, ...states.map(({ dataUpdatedAt }) => dataUpdatedAt));
  const failed = states.some(
    ({ error, errorUpdatedAt }) => error && errorUpdatedAt > newest && isAway(publicErrorOf(error).key),
  );
  return { newest, trouble: navigator.onLine ? failed && ("unreachable" as const) : ("since" as const) };
}

/** The console or its database, and not one of its answers. */
const isAway = (key: string): boolean => key === "no_connection" || key.startsWith("database_");

/** While nothing new can be read: why, and of when what is shown is. */
export function OfflineBanner() {
  const t = useTranslations("shell.offline");
  const zone = useTimeZone();
  const client = useQueryClient();
  const subscribe = useCallback(
    (changed: () => void) => {
      const leave = client.getQueryCache().subscribe(changed);
      window.addEventListener("online", changed);
      window.addEventListener("offline", changed);
      return () => {
        leave();
        window.removeEventListener("online", changed);
        window.removeEventListener("offline", changed);
      };
    },
    [client],
  );
  const trouble = useSyncExternalStore(
    subscribe,
    () => readingsOf(client).trouble,
    (): false => false,
  );
  if (!trouble) return null;
  const { newest } = readingsOf(client);
  return (
    <Banner kind="incident">
      {newest > 0 ? t(trouble, { at: formatDateTime(new Date(newest), zone) }) : t("title")}
    </Banner>
  );
}
