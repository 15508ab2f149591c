import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/actions/use-action";
import { showToast } from "@/components/feedback/show-toast";
import { useRefresh } from "@/components/navigation/use-refresh";
import type { SettingKey } from "@/lib/settings/schemas";
import { changeSettingAction } from "../actions";

/**
 * Save one setting, unless somebody else changed it since the form was filled with `initial`; the server checks both.
 * `error.fields` names fields as "value.<field>".
 */
export function useSaveSetting(key: SettingKey, initial: object) {
  const t = useTranslations("settings");
  const refresh = useRefresh();
  const { run, pending, error } = useAction(changeSettingAction, { effect: "write" });
  // Not the latest `initial`: a page that reads itself again leaves what is in the fields.
  const [was, setWas] = useState(initial);

  const save = async (value: object) => {
    const result = await run({ key, value, was });
    if (!result.ok) return;
    setWas(result.data[key]);
    void showToast("done", t("saved"));
    refresh();
  };

  return { save, pending, error };
}
