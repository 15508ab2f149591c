import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/value/date-time";

type Link = {
  createdAt: string;
  /** Null where it is not known. */
  createdBy: string | null;
  /** "over": expired, replaced or revoked. */
  state: "open" | "used" | "over";
  expiresAt: string;
  usedAt: string | null;
  usedFrom: string | null;
};

/** Who made a one-time link and what became of it. Needs the "users" messages. */
export function LinkState({ link }: { link: Link }) {
  const t = useTranslations("users.links");
  return (
    <div className="[overflow-wrap:anywhere] max-lg:[&_time]:whitespace-normal">
      <p>
        {link.createdBy === null ? t("made") : t("madeBy", { name: link.createdBy })}{" "}
        <DateTime value={link.createdAt} />
      </p>
      <p className="text-soft text-sm">
        {link.state === "used" && (
          <>
            {link.usedFrom === null ? t("used") : t("usedFrom", { ip: link.usedFrom })} <DateTime value={link.usedAt} />
          </>
        )}
        {link.state === "open" && (
          <>
            {t("open")} <DateTime value={link.expiresAt} />
          </>
        )}
        {link.state === "over" && t("over")}
      </p>
    </div>
  );
}
