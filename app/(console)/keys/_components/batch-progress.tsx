import { useTranslations } from "next-intl";
import { Progress } from "@/components/ui/progress";
import type { BatchView } from "@/lib/keys";

/** A batch's progress bar: generated, unknown, in progress. */
export function BatchProgress({ batch, className }: { batch: BatchView; className?: string }) {
  const t = useTranslations("keys");
  return (
    <Progress
      label={t("batch.progress")}
      total={Math.max(batch.wanted, batch.recorded + batch.unknown)}
      segments={[
        { value: batch.recorded, tone: "done", label: t("batch.made") },
        { value: batch.unknown, tone: "unknown", label: t("batch.unknown") },
        { value: batch.inFlight, tone: "accent", label: t("batch.inFlight") },
      ]}
      {...(className && { className })}
    />
  );
}
