import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import { CopyButton } from "@/components/clipboard/copy-button";
import { Panel } from "@/components/panel";
import { Field } from "@/components/ui/form/field";
import { Select } from "@/components/ui/form/select";
import { Textarea } from "@/components/ui/form/textarea";
import type { Customer } from "@/lib/customers/types";
import { possibleReplies, renderReply, suggestedReply } from "@/lib/format/replies/render-reply";
import {
  REPLY_LANGUAGES,
  type ReplyKind,
  type ReplyLanguage,
  type ReplyTemplates,
} from "@/lib/format/replies/reply-templates";
import { firstCard, listedCards, replyFactsOf } from "./reply-facts";

type Props = {
  customer: Customer;
  templates: ReplyTemplates;
  /** On a card's own page: replies are about that card first. */
  cardId?: string;
};

/** A reply to copy: the likeliest is there at once, another card, occasion or language is one choice away. Nothing is sent. */
export function ReplyPanel({ customer, templates, cardId }: Props) {
  const t = useTranslations("customers.reply");
  const typeName = useCardTypeName();
  const zone = useTimeZone();
  const locale = useLocale();
  const cards = listedCards(customer);
  const [chosenCard, setCard] = useState<string | null>(null);
  const [chosenKind, setKind] = useState<ReplyKind | null>(null);
  const [language, setLanguage] = useState<ReplyLanguage>(
    () => REPLY_LANGUAGES.find((each) => each === locale) ?? "zh-CN",
  );

  const about = cardId ?? cards.find(({ id }) => id === chosenCard)?.id ?? firstCard(customer);
  const facts = replyFactsOf(customer, about);
  const possible = possibleReplies(facts);
  // On a card's page, or once a card was chosen, the question is about that card.
  const suggested = suggestedReply(cardId || chosenCard ? { ...facts, count: Math.min(facts.count, 1) } : facts);
  const kind = possible.find((each) => each === chosenKind) ?? suggested;
  if (kind === null) return <Panel title={t("title")}>{t("nothing")}</Panel>;
  const text = renderReply(kind, templates[language][kind], facts, { language, zone });

  return (
    <Panel title={t("title")} actions={<CopyButton withText text={text} label={t("copy")} />}>
      <div className="grid gap-3">
        <div className="flex flex-wrap gap-3">
          <Field label={t("kind")}>
            {(control) => (
              <Select
                {...control}
                value={kind}
                onChange={({ target }) => setKind(possible.find((each) => each === target.value) ?? null)}
              >
                {possible.map((each) => (
                  <option key={each} value={each}>
                    {t(`kinds.${each}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {!cardId && cards.length > 1 && kind !== "cards" && (
            <Field label={t("card")} className="min-w-0">
              {(control) => (
                <Select {...control} value={about ?? ""} onChange={({ target }) => setCard(target.value)}>
                  {cards.map((card) => (
                    <option key={card.id} value={card.id}>
                      {card.maskedCode} {typeName(card.type)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <Field label={t("language")}>
            {(control) => (
              <Select
                {...control}
                value={language}
                onChange={({ target }) =>
                  setLanguage(REPLY_LANGUAGES.find((each) => each === target.value) ?? language)
                }
              >
                {REPLY_LANGUAGES.map((each) => (
                  <option key={each} value={each}>
                    {t(`languages.${each}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Textarea readOnly aria-label={t("text")} lang={language} rows={3} value={text} />
      </div>
    </Panel>
  );
}
