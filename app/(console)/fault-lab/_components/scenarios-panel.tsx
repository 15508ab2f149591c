import { useTranslations } from "next-intl";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { SCENARIOS, type Scenario } from "@/lib/fault-lab/types";
import { runScenarioAction } from "../actions";
import { useLabAction } from "./use-fault-lab";

/** Prepared faults, each with what to watch for. */
export function ScenariosPanel() {
  const t = useTranslations("lab");
  return (
    <Panel title={t("scenes")}>
      <ul className="grid">
        {SCENARIOS.map((scenario) => (
          <Scene key={scenario} scenario={scenario} />
        ))}
      </ul>
    </Panel>
  );
}

function Scene({ scenario }: { scenario: Scenario }) {
  const t = useTranslations("lab");
  const { run, pending, error } = useLabAction(runScenarioAction);
  const name = t(`preset.${scenario}.name`);
  return (
    <li className="border-line border-b py-2 first:pt-0 last:border-0 last:pb-0">
      <div className="flex items-start gap-3">
        <div className="min-w-0 grow">
          <p className="font-medium">{name}</p>
          <p className="text-soft text-sm">{t(`preset.${scenario}.watch`)}</p>
        </div>
        <Button size="sm" pending={pending} aria-label={`${t("run")}: ${name}`} onClick={() => void run({ scenario })}>
          {t("run")}
        </Button>
      </div>
      {error && <ErrorNotice error={error} />}
    </li>
  );
}
