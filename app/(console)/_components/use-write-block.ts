import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { UpstreamName } from "@/lib/upstream/types";
import { incidentQuery, upstreamsQuery } from "./status-queries";

/**
 * Why nothing that needs this upstream's writes may begin now, as the banner and the notice say it; undefined if it may.
 * The server decides again at each call: this is for the button before the dialog.
 */
export function useWriteBlock(upstream: UpstreamName): string | undefined {
  const t = useTranslations("shell");
  const { data: incident } = useQuery(incidentQuery);
  const { data: upstreams } = useQuery(upstreamsQuery);
  if (incident?.paused) {
    const { byName, reason } = incident.paused;
    return t("incident.blocked", { by: byName, reason });
  }
  if (incident?.diskShort) return t("disk.blocked");
  const state = upstreams?.find((status) => status.upstream === upstream)?.state;
  if (state !== "down" && state !== "not_configured") return undefined;
  return t(`upstreams.blocked.${state}`, { name: t("upstreams.subject", { upstream }) });
}
