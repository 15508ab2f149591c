import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { FoundLine } from "@/lib/find/types";

/** What became of a line, in words: its result, and what else is to be known of it. Stable. */
export function useResultText(): (line: FoundLine) => string {
  const t = useTranslations("paste");
  const joiner = useTranslations("cards")("joiner");
  return useCallback(
    ({ result, more, differs, duplicateOf }) =>
      [
        t(`result.${result}`),
        ...(more ? [t("more")] : []),
        ...(differs ? [t("differs")] : []),
        ...(duplicateOf === null ? [] : [t("duplicateOf", { line: duplicateOf })]),
      ].join(joiner),
    [t, joiner],
  );
}
