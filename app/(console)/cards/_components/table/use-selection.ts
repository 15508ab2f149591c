import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "@/components/feedback/show-toast";
import { useErrorText } from "@/components/feedback/use-error-text";
import type { CardFilter } from "@/lib/cards/types";
import { formatInteger } from "@/lib/format/numbers";
import { postJson, publicErrorOf } from "@/lib/web/post-json";

const NONE: ReadonlySet<string> = new Set();

/** The selected cards, across pages. A changed filter clears them, because they would be out of view. */
export function useSelection(filter: CardFilter) {
  const t = useTranslations("cards");
  const { sentence } = useErrorText();
  const stamp = JSON.stringify(filter);
  const [kept, setKept] = useState({ stamp, ids: NONE });
  const ids = kept.stamp === stamp ? kept.ids : NONE;
  const setIds = (next: ReadonlySet<string>) => setKept({ stamp, ids: next });

  const selectAll = async () => {
    try {
      const all = await postJson<{ ids: string[]; more: boolean }>("/api/cards/ids", { filter });
      setIds(new Set(all.ids));
      if (all.more) void showToast("info", t("selectAllCut", { most: formatInteger(all.ids.length) }));
    } catch (thrown) {
      void showToast("danger", sentence(publicErrorOf(thrown)));
    }
  };
  return { ids, setIds, clear: () => setIds(NONE), selectAll };
}
