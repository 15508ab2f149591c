import { useLocale, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Panel } from "@/components/panel";
import { Badge } from "@/components/ui/badge";
import { DescriptionList } from "@/components/ui/description-list";
import { formatDateTime } from "@/lib/format/dates";
import { formatDuration } from "@/lib/format/durations";
import { formatInteger } from "@/lib/format/numbers";
import type { HealthView } from "@/lib/monitoring/types";

const mebibytes = (bytes: number): string => `${formatInteger(Math.round(bytes / 2 ** 20))} MiB`;

const WarningText = ({ children }: { children: ReactNode }) => <span className="text-warning">{children}</span>;

/** What each app key is for, and whether it may go. */
function AppKeyLines({ appKeys }: { appKeys: HealthView["appKeys"] }) {
  const t = useTranslations("health");
  return (
    <ul className="grid gap-1">
      {appKeys.map(({ tag, state, sealed, auditRecords }) => {
        const idle = state === "old" && sealed === 0;
        const said = !idle ? state : auditRecords > 0 ? "auditOnly" : "removable";
        const line = t(`appKey.${said}`, { tag, count: idle ? auditRecords : sealed });
        return <li key={tag}>{state === "missing" ? <WarningText>{line}</WarningText> : line}</li>;
      })}
    </ul>
  );
}

/** Database, its disk, memory, and the live processes of the console. */
export function SystemPanel({ health }: { health: HealthView }) {
  const t = useTranslations("health");
  const locale = useLocale();
  const zone = useTimeZone();
  const { database, process, instances, disk, unrecorded, appKeys, unsealed } = health;
  return (
    <Panel title={t("system")}>
      <DescriptionList
        items={[
          { label: t("database"), value: mebibytes(database.bytes) },
          { label: t("disk"), value: <Disk disk={disk} /> },
          { label: t("unrecorded"), value: <Unrecorded count={unrecorded} /> },
          { label: t("connections"), value: formatInteger(database.connections) },
          {
            label: t("databaseRole"),
            value: database.split ? database.role : <WarningText>{t("notSplit", { role: database.role })}</WarningText>,
          },
          {
            label: t("appKeys"),
            value: appKeys.length === 0 ? t("none") : <AppKeyLines appKeys={appKeys} />,
          },
          { label: t("unsealed"), value: <Unsealed count={unsealed} /> },
          { label: t("memory"), value: mebibytes(process.memoryBytes) },
          { label: t("uptime"), value: formatDuration(process.uptimeSeconds * 1000, locale) },
        ]}
      />
      <h3 className="mt-3 mb-1 font-medium text-sm text-soft">{t("instances")}</h3>
      {instances.length === 0 && <p className="text-soft">{t("bootsEmpty")}</p>}
      <ul className="grid gap-1">
        {instances.map((instance) => (
          <li key={instance.id} className="flex flex-wrap items-center gap-x-2 text-sm">
            <span className="font-mono [overflow-wrap:anywhere]">
              {instance.host}:{instance.pid}
            </span>
            <span className="text-faint">
              {t("started", { since: formatDateTime(new Date(instance.startedAt), zone) })}
            </span>
            {instance.mine && <Badge tone="accent">{t("thisOne")}</Badge>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Disk({ disk }: { disk: HealthView["disk"] }) {
  const t = useTranslations("health");
  if (disk === null) return <span className="text-soft">{t("diskUnseen")}</span>;
  if (!disk.short) return mebibytes(disk.freeBytes);
  return (
    <>
      <span className="text-danger">{mebibytes(disk.freeBytes)}</span>
      <p className="text-danger text-sm">{t("diskShort")}</p>
    </>
  );
}

/** Rows whose phones and codes are still in the clear. */
function Unsealed({ count }: { count: number }) {
  const t = useTranslations("health");
  if (count === 0) return t("none");
  return (
    <>
      <WarningText>{formatInteger(count)}</WarningText>
      <p className="text-sm text-warning">{t("unsealedHint")}</p>
    </>
  );
}

/** Outcomes that only this process knows. */
function Unrecorded({ count }: { count: number }) {
  const t = useTranslations("health");
  if (count === 0) return formatInteger(count);
  return (
    <>
      <span className="text-danger">{formatInteger(count)}</span>
      <p className="text-danger text-sm">{t("unrecordedHint")}</p>
    </>
  );
}
