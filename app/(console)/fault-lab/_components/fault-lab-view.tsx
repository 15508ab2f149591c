"use client";

import { useTranslations } from "next-intl";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Panel } from "@/components/panel";
import { ButtonLink } from "@/components/ui/button/button-link";
import { Skeleton } from "@/components/ui/skeleton";
import type { LabView as Lab } from "@/lib/fault-lab/types";
import { publicErrorOf } from "@/lib/web/post-json";
import { AddFaultForm } from "./add-fault-form";
import { BackgroundActivityPanel } from "./background-activity-panel";
import { RulesTable } from "./rules-table";
import { ScenariosPanel } from "./scenarios-panel";
import { useFaultLab } from "./use-fault-lab";
import { WritesTable } from "./writes-table";

/** The sandbox's faults: to add, active, and the real effect of the last writes. */
export function LabView({ initial }: { initial: Lab | null }) {
  const { data: lab, error, refetch } = useFaultLab(initial);
  return (
    <div className="grid gap-4">
      {error && <ErrorNotice error={publicErrorOf(error)} onRetry={() => void refetch()} />}
      <div className="grid items-start gap-4 xl:grid-cols-[3fr_2fr]">
        <div className="grid min-w-0 gap-4">
          <ScenariosPanel />
          {lab ? <RulesTable rules={lab.rules} /> : !error && <Skeleton className="h-40" />}
          {lab && <AddFaultForm faults={lab.faults} />}
        </div>
        <div className="grid min-w-0 gap-4">
          <WatchPanel />
          {lab && <WritesTable writes={lab.writes} />}
          {lab && <BackgroundActivityPanel lab={lab} />}
        </div>
      </div>
    </div>
  );
}

function WatchPanel() {
  const t = useTranslations("lab.watch");
  return (
    <Panel title={t("title")}>
      <ol className="grid list-decimal gap-1.5 ps-5 text-soft">
        {(["1", "2", "3", "4"] as const).map((step) => (
          <li key={step}>{t(step)}</li>
        ))}
      </ol>
      <div className="mt-3 flex flex-wrap gap-2">
        {(["cards", "operations", "keys", "health"] as const).map((room) => (
          <ButtonLink key={room} href={`/${room}`} size="sm">
            {t(room)}
          </ButtonLink>
        ))}
      </div>
    </Panel>
  );
}
