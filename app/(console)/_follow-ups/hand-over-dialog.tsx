import { useTranslations } from "next-intl";
import { useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/form/field";
import type { Colleague, FollowUpView } from "@/lib/follow-ups/types";
import { handOverFollowUpAction } from "./actions";
import { ColleagueSelect } from "./colleague-select";

const invalidates = [queryKeys.followUps];

type Props = { followUp: FollowUpView; colleagues: readonly Colleague[]; onClose: () => void };

/** Give a follow-up to somebody else, or take it over. */
export function HandOverDialog({ followUp, colleagues, onClose }: Props) {
  const t = useTranslations("customers.followUps");
  const ui = useTranslations("ui");
  const others = colleagues.filter(({ id }) => id !== followUp.assignedTo.id);
  const [to, setTo] = useState(others[0]?.id ?? "");
  const { run, pending, error } = useAction(handOverFollowUpAction, { effect: "write", invalidates });

  const submit = async () => {
    const result = await run({ followUpId: followUp.id, to });
    if (result.ok) onClose();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("handOverTitle")}
      pending={pending}
      size="sm"
      footer={
        <>
          <Button onClick={onClose} disabledReason={pending ? ui("wait") : undefined}>
            {ui("cancel")}
          </Button>
          <Button
            variant="primary"
            pending={pending}
            disabledReason={others.length === 0 ? t("nobodyElse") : undefined}
            onClick={submit}
          >
            {t("handOver")}
          </Button>
        </>
      }
    >
      <div className="grid gap-3 pb-2">
        <Field label={t("to")}>
          {(control) => (
            <ColleagueSelect
              {...control}
              data-autofocus
              colleagues={others}
              value={to}
              onChange={({ target }) => setTo(target.value)}
            />
          )}
        </Field>
        {error && <ErrorNotice error={error} />}
      </div>
    </Dialog>
  );
}
