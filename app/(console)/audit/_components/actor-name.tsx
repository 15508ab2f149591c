import { useTranslations } from "next-intl";
import type { AuditRow } from "@/lib/audit";

/** Who: a person's name at the time, the system, or somebody not signed in. */
export function ActorName({ row }: { row: Pick<AuditRow, "actorId" | "actorName"> }) {
  const t = useTranslations("audit.actor");
  if (row.actorId) return <bdi>{row.actorName}</bdi>;
  if (row.actorName === "system" || row.actorName === "visitor") {
    return <span className="text-faint">{t(row.actorName)}</span>;
  }
  return <bdi>{row.actorName}</bdi>;
}
