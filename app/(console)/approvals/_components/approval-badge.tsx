import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { ApprovalState } from "@/lib/approvals/types";

const tones: Record<ApprovalState, Tone> = {
  pending: "warning",
  approved: "accent",
  used: "done",
  refused: "danger",
  expired: "neutral",
};

export function ApprovalBadge({ state }: { state: ApprovalState }) {
  const t = useTranslations("approvals");
  return <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>;
}
