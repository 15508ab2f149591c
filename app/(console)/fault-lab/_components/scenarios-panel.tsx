"use client";

import { useTranslations } from "next-intl";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { LAB_PRESETS, type LabPreset } from "@/lib/fault-lab/schemas";
import { runPresetAction } from "../actions";
import { useTurn } from "./use-fault-lab";

/** One press sets a scene; what to look at stands beside it. */
export function ScenesPanel() {
  const t = useTranslations("lab");
  return (
    <Panel title={t("scenes")}>
      <ul className="grid">
        {LAB_PRESETS.map((preset) => (
          <Scene key={preset} preset={preset} />
        ))}
      </ul>
    </Panel>
  );
}

function Scene({ preset }: { preset: LabPreset }) {
  const t = useTranslations("lab");
  const { turn, pending, error } = useTurn();
  const name = t(`preset.${preset}.name`);
  return (
    <li className="border-line border-b py-2 first:pt-0 last:border-0 last:pb-0">
      <div className="flex items-start gap-3">
        <div className="min-w-0 grow">
          <p className="font-medium">{name}</p>
          <p className="text-soft text-sm">{t(`preset.${preset}.watch`)}</p>
        </div>
        <Button
          size="sm"
          pending={pending}
          aria-label={`${t("run")}: ${name}`}
          onClick={() => void turn(() => runPresetAction({ preset }))}
        >
          {t("run")}
        </Button>
      </div>
      {error && <ErrorNotice error={error} />}
    </li>
  );
}
