import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Badge } from "@/components/ui/badge";
import type { UpstreamConfiguration } from "@/lib/settings";

/** Which upstreams are configured, and the variables missing for the others. */
export function UpstreamSettingsPanel({ upstreams }: { upstreams: readonly UpstreamConfiguration[] }) {
  const t = useTranslations("settings.upstreams");
  const shell = useTranslations("shell.upstreams");
  return (
    <Panel title={t("title")}>
      <ul className="grid">
        {upstreams.map(({ upstream, address, configured, missing, signing }) => (
          <li key={upstream} className="border-line border-b py-2 first:pt-0">
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{shell(`names.${upstream}`)}</span>
              <Badge tone={configured ? "done" : "warning"}>{t(configured ? "configured" : "missing")}</Badge>
              {signing && (
                <span className="text-faint text-sm">
                  {t("signing")} {signing === "none" ? t("none") : signing.toUpperCase()}
                </span>
              )}
            </p>
            <p className="font-mono text-faint text-sm [overflow-wrap:anywhere]">{address}</p>
            {!configured && <p className="text-sm">{t("set", { names: missing.join(", ") })}</p>}
          </li>
        ))}
      </ul>
      <p className="mt-2 text-faint text-sm">{t("hint")}</p>
    </Panel>
  );
}
