import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { OperationState } from "@/lib/operations/types";

const tones: Record<OperationState, Tone> = {
  draft: "neutral",
  intent: "accent",
  sent: "accent",
  done: "done",
  refused: "danger",
  not_sent: "neutral",
  unknown: "unknown",
  applied: "done",
  not_applied: "neutral",
  settled: "neutral",
};

/** An operation's state; unknown has its own look, never red or green. */
export function StateBadge({ state }: { state: OperationState }) {
  const t = useTranslations("types.operationState");
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}
