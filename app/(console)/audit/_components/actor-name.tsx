import { useTranslations } from "next-intl";
import type { AuditRow } from "@/lib/audit";

/** Actors without an account. Rows of earlier versions say "visitor" for "anonymous". */
const NOBODY = ["system", "anonymous", "visitor"] as const;

/** Who acted: the user's name at the time, the system, or a caller who was not signed in. */
export function ActorName({ row }: { row: Pick<AuditRow, "actorId" | "actorName"> }) {
  const t = useTranslations("audit.actor");
  if (row.actorId) return <bdi>{row.actorName}</bdi>;
  const name = NOBODY.find((each) => each === row.actorName);
  return name ? <span className="text-faint">{t(name)}</span> : <bdi>{row.actorName}</bdi>;
}
