import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { BatchState } from "@/lib/keys/types";

const tones: Record<BatchState, Tone> = { generating: "accent", paused: "warning", done: "done", cancelled: "neutral" };

export function BatchStateBadge({ state }: { state: BatchState }) {
  const t = useTranslations("types.batchState");
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}
