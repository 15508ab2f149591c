import { useTranslations } from "next-intl";
import { useAction } from "@/components/actions/use-action";
import { showToast } from "@/components/feedback/show-toast";
import { useRefresh } from "@/components/navigation/use-refresh";
import type { SettingKey } from "@/lib/settings/schemas";
import { changeSettingAction } from "../actions";

/** Save one setting; the server checks it. `error.fields` names fields as "value.<field>". */
export function useSaveSetting(key: SettingKey) {
  const t = useTranslations("settings");
  const refresh = useRefresh();
  const { run, pending, error } = useAction(changeSettingAction, { effect: "write" });

  const save = async (value: object) => {
    const result = await run({ key, value });
    if (!result.ok) return;
    void showToast("done", t("saved"));
    refresh();
  };

  return { save, pending, error };
}
