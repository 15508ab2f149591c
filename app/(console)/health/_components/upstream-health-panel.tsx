import { useTranslations } from "next-intl";
import { Panel } from "@/components/panel";
import { Term } from "@/components/ui/term";
import type { UpstreamHealthView } from "@/lib/monitoring/types";
import { UpstreamColumn } from "./upstream-column";

export function UpstreamHealthPanel({ upstreams }: { upstreams: readonly UpstreamHealthView[] }) {
  const t = useTranslations("health");
  return (
    <Panel title={t("upstreams")} about={<Term name="upstream" />}>
      <div className="grid gap-x-6 gap-y-4 lg:grid-cols-3">
        {upstreams.map((upstream) => (
          <UpstreamColumn key={upstream.upstream} health={upstream} />
        ))}
      </div>
      <p className="mt-3 text-faint text-sm">{t("perProcess")}</p>
    </Panel>
  );
}
