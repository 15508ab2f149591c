import { useTranslations } from "next-intl";
import { useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/form/field";
import { Select } from "@/components/ui/form/select";
import { Textarea } from "@/components/ui/form/textarea";
import { type Colleague, DUE_IN_MINUTES, MAX_FOLLOW_UP_TEXT } from "@/lib/follow-ups/types";
import { openFollowUpAction } from "./actions";
import { ColleagueSelect } from "./colleague-select";

const invalidates = [queryKeys.followUps];
const ON_OUTCOME = "outcome";

/** A card to come back to. `operationId`: what has it locked, whose outcome can be waited for. */
export type FollowedCard = { id: string; label: string; operationId: string | null };

type Props = {
  /** At least one; the first is chosen. */
  cards: readonly FollowedCard[];
  colleagues: readonly Colleague[];
  /** Who opens it: theirs unless another is chosen. */
  self: string;
  onClose: () => void;
};

/** "Call back when the outcome is known", or at a time, bound to a card. */
export function OpenFollowUpDialog({ cards, colleagues, self, onClose }: Props) {
  const t = useTranslations("customers.followUps");
  const ui = useTranslations("ui");
  const { field } = useErrorText();
  const [cardId, setCard] = useState(cards.find(({ operationId }) => operationId)?.id ?? cards[0]?.id ?? "");
  const operationId = cards.find(({ id }) => id === cardId)?.operationId ?? null;
  const [when, setWhen] = useState<string>(operationId ? ON_OUTCOME : String(DUE_IN_MINUTES[1]));
  const waits = operationId !== null && when === ON_OUTCOME;
  const [text, setText] = useState(operationId ? t("callBack") : "");
  const [assignTo, setAssignTo] = useState(colleagues.find(({ name }) => name === self)?.id ?? colleagues[0]?.id ?? "");
  const { run, pending, error } = useAction(openFollowUpAction, { effect: "write", invalidates });
  const { length } = text.trim();
  const problem = length > MAX_FOLLOW_UP_TEXT ? ui("tooLong", { max: MAX_FOLLOW_UP_TEXT, count: length }) : undefined;
  const wrong = error?.fields?.text;

  const submit = async () => {
    if (problem) return;
    const minutes = Number(when === ON_OUTCOME ? DUE_IN_MINUTES[1] : when);
    const result = await run({
      cardId,
      operationId: waits ? operationId : null,
      dueInMinutes: waits ? null : minutes,
      assignTo: assignTo || null,
      text,
    });
    if (result.ok) onClose();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("new")}
      pending={pending}
      footer={
        <>
          <Button onClick={onClose} disabledReason={pending ? ui("wait") : undefined}>
            {ui("cancel")}
          </Button>
          <Button variant="primary" pending={pending} onClick={submit}>
            {t("open")}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 pb-2">
        {cards.length > 1 && (
          <Field label={t("card")}>
            {(control) => (
              <Select {...control} className="w-full" value={cardId} onChange={({ target }) => setCard(target.value)}>
                {cards.map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field label={t("text")} hint={t("textHint")} required error={problem ?? (wrong && field(wrong))}>
          {(control) => (
            <Textarea
              {...control}
              data-autofocus
              rows={2}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </Field>
        <Field label={t("when")}>
          {(control) => (
            <Select
              {...control}
              className="w-full"
              value={waits ? ON_OUTCOME : when === ON_OUTCOME ? String(DUE_IN_MINUTES[1]) : when}
              onChange={({ target }) => setWhen(target.value)}
            >
              {operationId && <option value={ON_OUTCOME}>{t("whenKnown")}</option>}
              {DUE_IN_MINUTES.map((minutes) => (
                <option key={minutes} value={minutes}>
                  {minutes < 60 ? t("inMinutes", { minutes }) : t("inHours", { hours: minutes / 60 })}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t("assignTo")}>
          {(control) => (
            <ColleagueSelect
              {...control}
              colleagues={colleagues}
              value={assignTo}
              onChange={({ target }) => setAssignTo(target.value)}
            />
          )}
        </Field>
        {error && !wrong && <ErrorNotice error={error} />}
      </div>
    </Dialog>
  );
}
