import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { RelativeTime } from "@/components/ui/value/relative-time";
import type { KeyView } from "@/lib/keys";
import { keyStatusOf } from "@/lib/keys/types";

/** Used, unused or deleted, as PotatoCloud's list last showed it, and when; a dash for a key it has not shown yet. */
export function KeyStatus({ row }: { row: KeyView }) {
  const t = useTranslations("keys.status");
  const { seenAt } = row;
  const status = keyStatusOf(row);
  if (status === "unseen" || !seenAt) return "—";
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      <Badge tone={status === "deleted" ? "danger" : status === "used" ? "accent" : "neutral"}>{t(status)}</Badge>
      <span className="text-faint text-sm">
        <RelativeTime value={seenAt} />
      </span>
    </span>
  );
}
