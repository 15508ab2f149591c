import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import type { Dropped } from "../../search-params";

/** What of the search was left out, since this user sees phones and codes masked. */
export function DroppedNotice({ dropped }: { dropped: Dropped }) {
  const t = useTranslations("cards.dropped");
  if (dropped.length === 0) return null;
  return (
    <Callout role="status" className="mb-3">
      {dropped.map((what) => (
        <p key={what}>{t(what)}</p>
      ))}
    </Callout>
  );
}
