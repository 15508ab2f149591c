import { useMessages, useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";

type Choice = { value: string; label: string };
type ActionGroup = Choice & { actions: Choice[] };

/** Labels of audited actions: of one, and of all grouped by noun. An action without a label is shown as it is. */
export function useActionLabels(): { labelOf: (action: string) => string; groups: ActionGroup[] } {
  const t = useTranslations("audit");
  const messages = useMessages();
  type Key = Parameters<typeof t.has>[0];
  const say = useCallback((key: string, otherwise: string) => (t.has(key as Key) ? t(key as Key) : otherwise), [t]);
  const labelOf = useCallback((action: string) => say(`action.${action}`, action), [say]);
  const groups = useMemo(
    () =>
      Object.entries(messages.audit.action).map(([noun, verbs]) => ({
        value: noun,
        label: say(`group.${noun}`, noun),
        actions: Object.entries(verbs).map(([verb, label]) => ({ value: `${noun}.${verb}`, label: String(label) })),
      })),
    [messages, say],
  );
  return { labelOf, groups };
}
