import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button/button";
import { Callout } from "@/components/ui/callout";
import type { FoundMany } from "@/lib/find/types";

type Props = { data: FoundMany; onFrom: (from: number) => void };

/** Which lines are not in the sheet because there are more than are looked up at once, and a way to them. */
export function OtherLines({ data, onFrom }: Props) {
  const t = useTranslations("paste.others");
  const { from, lines, total } = data;
  const to = from + lines.length;
  const left = total - to;
  if (from === 0 && left <= 0) return null;
  return (
    <Callout
      tone="warning"
      role="status"
      className="mb-3"
      title={t("title", { total, from: from + 1, to })}
      actions={
        <>
          {left > 0 && <Button onClick={() => onFrom(to)}>{t("next", { from: to + 1, left })}</Button>}
          {from > 0 && <Button onClick={() => onFrom(0)}>{t("first")}</Button>}
        </>
      }
    >
      {left > 0 && t("left", { from: to + 1, total })}
    </Callout>
  );
}
