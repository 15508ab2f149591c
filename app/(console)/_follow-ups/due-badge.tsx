import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { FollowUpView } from "@/lib/follow-ups/types";

/** Due, open or done; colour is never the only sign. */
export function DueBadge({ followUp }: { followUp: Pick<FollowUpView, "due" | "state"> }) {
  const t = useTranslations("customers.followUps");
  if (followUp.state === "done") return <Badge tone="done">{t("states.done")}</Badge>;
  if (followUp.due) return <Badge tone="warning">{t("due")}</Badge>;
  return <Badge>{t("states.open")}</Badge>;
}
