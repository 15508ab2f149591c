import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button/button";
import { Skeleton } from "@/components/ui/skeleton";
import { DateTime } from "@/components/ui/value/date-time";
import { RelativeTime } from "@/components/ui/value/relative-time";
import { describeAgent } from "./describe-agent";

type Session = {
  id: string;
  userAgent: string | null;
  ip: string | null;
  createdAt: string;
  lastSeenAt: string;
  /** The session of this request. */
  current: boolean;
};

type Props = {
  /** Undefined: not loaded yet. */
  rows: readonly Session[] | undefined;
  /** Id of the session that is being ended. */
  ending: string | null;
  onEnd: (id: string) => void;
  /** Offer to end the current session, too. */
  endsCurrent?: boolean;
};

/** Sessions, last used first. Needs the "users" messages. */
export function SessionList({ rows, ending, onEnd, endsCurrent = false }: Props) {
  const t = useTranslations("users.sessions");
  if (!rows) return <Skeleton className="h-16 w-full" />;
  if (rows.length === 0) return <p className="text-soft">{t("none")}</p>;
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => {
        const agent = describeAgent(row.userAgent) ?? t("unknownAgent");
        return (
          <li key={row.id} className="flex items-center gap-3 py-2">
            <div className="min-w-0 flex-1">
              <p className="font-medium" title={row.userAgent ?? undefined}>
                {agent} {row.current && <Badge tone="accent">{t("current")}</Badge>}
              </p>
              <p className="text-soft text-sm">
                {row.ip && <span className="[overflow-wrap:anywhere]">{t("from", { ip: row.ip })} · </span>}
                {t("seen")} <RelativeTime value={row.lastSeenAt} /> · {t("started")} <DateTime value={row.createdAt} />
              </p>
            </div>
            {(endsCurrent || !row.current) && (
              <Button
                size="sm"
                pending={ending === row.id}
                aria-label={t("endOf", { agent })}
                onClick={() => onEnd(row.id)}
              >
                {t("end")}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
