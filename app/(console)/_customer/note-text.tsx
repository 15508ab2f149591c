import { useTranslations } from "next-intl";
import { DateTime } from "@/components/ui/value/date-time";
import type { NoteView } from "@/lib/customers/types";

/** What a note says; of a deleted one who deleted it and when. */
export function NoteText({ note: { deleted, text } }: { note: Pick<NoteView, "deleted" | "text"> }) {
  const t = useTranslations("customers.notes");
  if (deleted)
    return (
      <p className="text-faint">
        {t.rich("deleted", { name: () => <bdi>{deleted.byName}</bdi>, at: () => <DateTime value={deleted.at} /> })}
      </p>
    );
  if (text === null) return <p className="text-warning">{t("unreadable")}</p>;
  return <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</p>;
}
