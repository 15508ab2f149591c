import { useLocale, useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { DescriptionList } from "@/components/ui/description-list";
import { formatDuration } from "@/lib/format/durations";
import type { ConfigurationView } from "@/lib/settings";

/** Versions, the data folder, and intervals. */
export function ConfigurationPanel({ configuration }: { configuration: ConfigurationView }) {
  const t = useTranslations("settings.system");
  const locale = useLocale();
  const { versions, sandbox, dataFolder, seconds } = configuration;
  const kinds = ["cardesk", "node", "next", "postgres"] as const;
  const spans = ["sync", "billing", "quiet", "readDeadline", "writeDeadline"] as const;
  return (
    <Panel title={t("title")}>
      <DescriptionList
        items={[
          { label: t("mode"), value: t(sandbox ? "sandbox" : "production") },
          { label: t("dataFolder"), value: <span className="font-mono">{dataFolder}</span> },
          ...kinds.map((kind) => ({ label: t(kind), value: versions[kind] })),
          ...spans.map((span) => ({ label: t(span), value: formatDuration(seconds[span] * 1000, locale) })),
        ]}
      />
    </Panel>
  );
}
