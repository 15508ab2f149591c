import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { showToast } from "@/components/feedback/show-toast";
import type { PublicError } from "@/lib/core/errors";
import type { SettingKey } from "@/lib/settings/schemas";
import { changeSettingAction } from "../actions";

/** Save one setting; the server checks it. `error.fields` names fields as "value.<field>". */
export function useSaveSetting(key: SettingKey) {
  const t = useTranslations("settings");
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<PublicError | null>(null);

  const save = async (value: object) => {
    setPending(true);
    setError(null);
    const result = await changeSettingAction({ key, value }).catch(() => null);
    setPending(false);
    if (!result?.ok) return setError(result?.error ?? { code: "unavailable", key: "no_answer" });
    void showToast("done", t("saved"));
    router.refresh();
  };

  return { save, pending, error };
}
