import { useTranslations } from "next-intl";
import { useState } from "react";
import { TagLinks } from "@/app/(console)/_customer/tag-links";
import { queryKeys } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { IconButton } from "@/components/ui/button/icon-button";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Input } from "@/components/ui/form/input";
import { type CardDetail, MAX_TAGS } from "@/lib/cards/types";
import { MAX_TAG, readTag } from "@/lib/format/tags";
import { TagSuggestions } from "../../_components/tag-suggestions";
import { addTagAction, removeTagAction } from "../../actions";

const options = { effect: "write", invalidates: [queryKeys.cards] } as const;

/** Our tags on a card: each leads to the cards that have it. */
export function CardTags({ card }: { card: CardDetail }) {
  const t = useTranslations("customers.tags");
  const { run, error } = useAction(removeTagAction, options);
  const [removing, setRemoving] = useState<string | null>(null);

  const remove = async (tag: string) => {
    setRemoving(tag);
    await run({ cardId: card.id, tag });
    setRemoving(null);
  };

  return (
    <Panel title={t("title")}>
      {card.tags.length > 0 && (
        <ul className="mb-3 flex flex-wrap gap-x-3 gap-y-1">
          {card.tags.map((tag) => (
            <li key={tag} className="flex max-w-full items-center">
              <TagLinks tags={[tag]} />
              <IconButton
                icon="close"
                size="sm"
                label={t("remove", { tag })}
                pending={removing === tag}
                onClick={() => void remove(tag)}
              />
            </li>
          ))}
        </ul>
      )}
      {error && <ErrorNotice error={error} />}
      {card.tags.length < MAX_TAGS ? (
        <AddTag cardId={card.id} />
      ) : (
        <p className="text-faint text-sm">{t("full", { limit: MAX_TAGS })}</p>
      )}
    </Panel>
  );
}

function AddTag({ cardId }: { cardId: string }) {
  const t = useTranslations("customers.tags");
  const ui = useTranslations("ui");
  const { field } = useErrorText();
  const [text, setText] = useState("");
  const { run, pending, error, reset } = useAction(addTagAction, options);
  const read = readTag(text);
  const problem = "error" in read && read.error !== "required" ? read.error : undefined;
  const said =
    problem === "too_long" ? ui("tooLong", { max: MAX_TAG, count: text.trim().length }) : problem && field(problem);
  const wrong = error?.fields?.tag;

  const submit = async () => {
    if (pending || problem) return;
    const result = await run({ cardId, tag: text });
    if (result.ok) setText((now) => (now === text ? "" : now));
  };

  return (
    <Form className="grid gap-2" noValidate onSubmit={submit}>
      <Field label={t("new")} hint={t("hint")} error={said ?? (wrong && field(wrong))}>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              autoComplete="off"
              list={`${control.id}-known`}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                if (error) reset();
              }}
            />
            <TagSuggestions id={`${control.id}-known`} />
            <Button type="submit" pending={pending}>
              {t("add")}
            </Button>
          </div>
        )}
      </Field>
      {error && !error.fields && <ErrorNotice error={error} />}
    </Form>
  );
}
