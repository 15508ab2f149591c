import clsx from "clsx";
import { useTimeZone, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Badge } from "@/components/ui/badge";
import type { Check } from "@/lib/doctor/types";
import { formatDateTime } from "@/lib/format/dates";

const tones = { ok: "done", warn: "warning", fail: "danger" } as const;

/** What `npm run doctor` says of the running console: a line each, with what to do beside it. */
export function ChecksPanel({ checks }: { checks: readonly Check[] }) {
  const t = useTranslations("health");
  const zone = useTimeZone();
  const shown = ({ params: { at, ...params }, upstream }: Check) => ({
    ...params,
    ...(at && { at: formatDateTime(new Date(at), zone) }),
    ...(upstream && { upstream: t(`checkUpstream.${upstream}`) }),
  });
  return (
    <Panel title={t("checks")}>
      <ul className="grid gap-2 sm:gap-1">
        {checks.map((check) => (
          <li
            key={`${check.id} ${check.upstream}`}
            className="grid grid-cols-[auto_1fr] items-baseline gap-x-2 sm:flex"
          >
            <Badge tone={tones[check.state]}>{t(`checkState.${check.state}`)}</Badge>
            <span className="font-medium sm:shrink-0">{t(`check.${check.id}`)}</span>
            <span className={clsx("max-sm:col-start-2 sm:min-w-0", check.state === "ok" && "text-soft")}>
              {t(`checkSays.${check.says}`, shown(check))}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-faint text-sm">{t("checksHint")}</p>
    </Panel>
  );
}
