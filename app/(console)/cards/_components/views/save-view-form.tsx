import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Checkbox } from "@/components/ui/form/checkbox";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Input } from "@/components/ui/form/input";
import { type CardFilter, type CardSort, MAX_VIEW_NAME, PRIVATE_FILTERS } from "@/lib/cards/types";
import { saveViewAction } from "../../actions";
import { cardViewsQuery } from "../../query-options";

type Props = { current: { filter: CardFilter; sort: CardSort }; canShare: boolean };

/** Save what the table shows now. What of it is a phone or a code is said to be left out, and never sent. */
export function SaveViewForm({ current, canShare }: Props) {
  const t = useTranslations("cards.views");
  const { field } = useErrorText();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const { run, pending, error } = useAction(saveViewAction, {
    effect: "write",
    invalidates: [cardViewsQuery.queryKey],
  });
  const { phone, code, ...filter } = current.filter;
  const drops = PRIVATE_FILTERS.some((each) => current.filter[each] !== undefined);
  const submit = async () => {
    if ((await run({ name, shared, filter, sort: current.sort })).ok) setName("");
  };
  const problem = error?.fields?.name ?? error?.fields?.["filter.name"];

  return (
    <Form onSubmit={submit} className="grid gap-2 border-line border-t pt-3" noValidate>
      <Field label={t("saveAs")} error={problem && field(problem)} hint={drops && t("withoutPrivate")}>
        {(control) => (
          <Input
            {...control}
            value={name}
            maxLength={MAX_VIEW_NAME}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <div className="flex items-center justify-between gap-3">
        <Checkbox checked={shared} disabled={!canShare} onChange={(event) => setShared(event.target.checked)}>
          {canShare ? t("share") : t("shareNeedsOperator")}
        </Checkbox>
        <Button type="submit" variant="primary" pending={pending}>
          {t("save")}
        </Button>
      </div>
      {error && !problem && <ErrorNotice error={error} />}
    </Form>
  );
}
