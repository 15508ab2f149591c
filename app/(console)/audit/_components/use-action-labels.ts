import { useMessages, useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { findMessage } from "@/lib/web/i18n/find-message";

type Choice = { value: string; label: string };
type ActionGroup = Choice & { actions: Choice[] };

type Entry = { action: string; detail: Record<string, unknown> };

/** Labels of audited actions: of one entry, of one action, and of all grouped by noun. An action without a label is shown as it is. */
export function useActionLabels(): {
  labelOf: (action: string) => string;
  entryLabelOf: (entry: Entry) => string;
  groups: ActionGroup[];
} {
  const t = useTranslations("audit");
  const messages = useMessages();
  const labelOf = useCallback((action: string) => findMessage(t, `action.${action}`) ?? action, [t]);
  const entryLabelOf = useCallback(
    ({ action, detail }: Entry) =>
      (action === "card.revealed" && findMessage(t, `revealed.${detail.purpose}_${detail.field}`)) || labelOf(action),
    [t, labelOf],
  );
  const groups = useMemo(
    () =>
      Object.entries(messages.audit.action).map(([noun, verbs]) => ({
        value: noun,
        label: findMessage(t, `group.${noun}`) ?? noun,
        actions: Object.entries(verbs).map(([verb, label]) => ({ value: `${noun}.${verb}`, label: String(label) })),
      })),
    [messages, t],
  );
  return { labelOf, entryLabelOf, groups };
}
