import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { upstreamsQuery } from "@/app/(console)/_components/status-queries";
import { StaleNote } from "@/components/feedback/stale-note";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Badge } from "@/components/ui/badge";
import { formatInteger } from "@/lib/format/numbers";
import type { OverviewView } from "@/lib/monitoring";

const tones = { running: "accent", done: "done", failed: "danger" } as const;

/** The age of the card data, why it is not newer, and the state of the sync. */
export function MirrorAge({ overview }: { overview: OverviewView }) {
  const t = useTranslations("overview");
  const { sentence } = useErrorText();
  const { data: upstreams } = useQuery(upstreamsQuery);
  const { sync, mirrorAsOf, mirrorError } = overview;
  const failure = mirrorError ?? (sync?.state === "failed" ? sync.error : null);
  // As the notice below says it: a good last sync is no green sign while the upstream is away.
  const down = upstreams?.some(({ upstream, state }) => upstream === "espai" && state === "down");
  const unreachable = down && sync?.state === "done";
  return (
    <span className="flex flex-wrap items-center gap-2">
      <StaleNote
        asOf={mirrorAsOf ?? (sync?.state === "done" ? sync.finishedAt : null)}
        reason={failure && sentence({ code: "upstream", key: failure.key, params: { upstream: "espai" } })}
      />
      {sync && (
        <Badge tone={unreachable ? "warning" : tones[sync.state]}>
          {t(unreachable ? "sync.unreachable" : `sync.${sync.state}`)}
          {sync.state === "running" && sync.rowsRead > 0 && ` · ${formatInteger(sync.rowsRead)}`}
        </Badge>
      )}
    </span>
  );
}
