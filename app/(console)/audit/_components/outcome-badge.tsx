import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { Outcome } from "@/lib/audit/types";

const tones = { ok: "done", refused: "warning", failed: "danger", unknown: "unknown" } as const;

export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  const t = useTranslations("audit.outcome");
  return <Badge tone={tones[outcome]}>{t(outcome)}</Badge>;
}
