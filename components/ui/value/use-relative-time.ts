import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";

/** Up to this many seconds ago is "just now". */
const JUST_NOW_SECONDS = 9;

/** Writes how far a moment lies from `now`: "刚刚", "3 分钟前", "in 2 hours". Stable, so that columns don't change. */
export function useRelativeTime(): (date: Date, now: Date) => string {
  const t = useTranslations("ui");
  const format = useFormatter();
  const chinese = useLocale().startsWith("zh");
  return useCallback(
    (date, now) => {
      const ago = Math.round((now.getTime() - date.getTime()) / 1000);
      if (ago >= 0 && ago <= JUST_NOW_SECONDS) return t("justNow");
      // The long style says 20秒钟前 in Chinese, the short one "20 sec. ago" in English.
      const text = format.relativeTime(date, { now, style: chinese ? "short" : "long" });
      return chinese ? text.replace(/^\d+/, "$& ") : text;
    },
    [t, format, chinese],
  );
}
