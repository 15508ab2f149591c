import { useTranslations } from "next-intl";
import type { SyncStatus } from "@/lib/cards";
import { formatInteger } from "@/lib/format/numbers";

type Running = NonNullable<SyncStatus["running"]>;

/** "已读取 1,000 / 3,600 条"; without a total if the upstream gave none. */
export function useProgressText(): (running: Running) => string {
  const t = useTranslations("cards.sync");
  return ({ rowsRead, rowsExpected }) => {
    const read = formatInteger(rowsRead);
    return rowsExpected === null
      ? t("progressOpen", { read })
      : t("progress", { read, expected: formatInteger(rowsExpected) });
  };
}
