import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Panel } from "@/components/panel";
import { Badge } from "@/components/ui/badge";
import type { LabView } from "@/lib/fault-lab/types";
import { formatInteger } from "@/lib/format/numbers";
import { setConsumerAction, setLatencyAction } from "../actions";
import { useLabAction } from "./use-fault-lab";
import { useFaultLabels } from "./use-fault-labels";

/** The latency of each upstream and the call rate of the simulated end users. */
export function BackgroundActivityPanel({ lab }: { lab: LabView }) {
  const t = useTranslations("lab");
  const labels = useFaultLabels();
  const latency = useLabAction(setLatencyAction);
  const consumer = useLabAction(setConsumerAction);
  const error = latency.error ?? consumer.error;
  return (
    <Panel title={t("world")}>
      <div className="grid gap-4">
        {lab.upstreams.map(({ upstream, latencyMs, listening, calls, inFlight }) => (
          <div key={upstream}>
            <Slider
              label={t("latency", { upstream: labels.upstream(upstream) })}
              value={latencyMs}
              max={5_000}
              step={100}
              show={(ms) => `${formatInteger(ms)} ms`}
              onChange={(ms) => latency.run({ upstream, ms })}
            />
            <p className="flex flex-wrap items-center gap-2 text-faint text-sm">
              {t("calls", { total: formatInteger(calls), inFlight })}
              {!listening && <Badge tone="danger">{t("closed")}</Badge>}
            </p>
          </div>
        ))}
        <div>
          <Slider
            label={t("consumer")}
            value={lab.consumer}
            max={20}
            step={1}
            show={(perSecond) => (perSecond === 0 ? t("consumerOff") : String(perSecond))}
            onChange={(perSecond) => consumer.run({ perSecond })}
          />
          <p className="text-faint text-sm">{t("consumed", { count: lab.consumed })}</p>
        </div>
        {error && <ErrorNotice error={error} />}
      </div>
    </Panel>
  );
}

type SliderProps = {
  label: string;
  value: number;
  max: number;
  step: number;
  show: (value: number) => string;
  onChange: (value: number) => Promise<unknown>;
};

/** Applies its value on release, not while it moves. */
function Slider({ label, value, max, step, show, onChange }: SliderProps) {
  const [draft, setDraft] = useState<number | null>(null);
  const take = async () => {
    if (draft !== null && draft !== value) await onChange(draft);
    setDraft(null);
  };
  const shown = draft ?? value;
  return (
    <label className="grid gap-1">
      <span className="flex justify-between gap-2 font-medium text-sm text-soft">
        {label}
        {/* Not <output>: a label belongs to the first labelable element inside it. */}
        <span aria-hidden="true" className="whitespace-nowrap tabular-nums">
          {show(shown)}
        </span>
      </span>
      <input
        type="range"
        min={0}
        max={Math.max(max, value)}
        step={step}
        value={shown}
        aria-valuetext={show(shown)}
        onChange={(event) => setDraft(Number(event.target.value))}
        onPointerUp={take}
        onKeyUp={take}
        onBlur={take}
        className="h-6 w-full accent-accent"
      />
    </label>
  );
}
