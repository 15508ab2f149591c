import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { findMessage } from "@/lib/web/i18n/find-message";

/** Labels for the sandbox's names; a name without one is shown as it is. */
export function useFaultLabels() {
  const t = useTranslations("lab");
  const shell = useTranslations("shell.upstreams.names");
  return useMemo(() => {
    const known = (key: string, name: string) => findMessage(t, key) ?? name;
    const upstream = (name: string) => findMessage(shell, name) ?? name;
    const call = (name: string) => known(`call.${name}`, name);
    return {
      fault: (name: string) => known(`fault.${name}`, name),
      call,
      upstream,
      where: (rule: { upstream: string | null; call: string | null }) =>
        [rule.upstream && upstream(rule.upstream), rule.call && call(rule.call)].filter(Boolean).join(" · ") ||
        t("anywhere"),
    };
  }, [t, shell]);
}
