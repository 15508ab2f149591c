"use client";

import { useTimeZone, useTranslations } from "next-intl";
import { useState } from "react";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Textarea } from "@/components/ui/form/textarea";
import { renderReply } from "@/lib/format/replies/render-reply";
import {
  defaultTemplates,
  MAX_TEMPLATE,
  PLACEHOLDERS,
  REPLY_KINDS,
  REPLY_LANGUAGES,
  type ReplyKind,
  type ReplyLanguage,
  type ReplyTemplates,
  templateProblem,
} from "@/lib/format/replies/reply-templates";
import { SettingForm } from "../../_components/setting-form";
import { useSaveSetting } from "../../_components/use-save-setting";
import { exampleFacts } from "./example-facts";

/** The texts that are copied to customers, each beside what an example of it looks like. The server checks them again. */
export function ReplyTemplatesForm({ initial }: { initial: ReplyTemplates }) {
  const t = useTranslations("customers.templates");
  const reply = useTranslations("customers.reply");
  const [texts, setTexts] = useState(initial);
  const { save, pending, error } = useSaveSetting("reply_templates", initial);
  const set = (language: ReplyLanguage, kind: ReplyKind, text: string) =>
    setTexts({ ...texts, [language]: { ...texts[language], [kind]: text } });

  return (
    <SettingForm explain={t("explain")} pending={pending} error={error} onSave={() => save(texts)}>
      {REPLY_LANGUAGES.map((language) => (
        <fieldset key={language} className="grid gap-4 not-first-of-type:mt-4">
          <legend className="mb-2 font-semibold text-lg">{reply(`languages.${language}`)}</legend>
          {REPLY_KINDS.map((kind) => (
            <Template
              key={kind}
              {...{ language, kind }}
              text={texts[language][kind]}
              refused={error?.fields?.[`value.${language}.${kind}`]}
              onText={(text) => set(language, kind, text)}
            />
          ))}
        </fieldset>
      ))}
    </SettingForm>
  );
}

type TemplateProps = {
  language: ReplyLanguage;
  kind: ReplyKind;
  text: string;
  /** What the server said of it. */
  refused: string | undefined;
  onText: (text: string) => void;
};

function Template({ language, kind, text, refused, onText }: TemplateProps) {
  const t = useTranslations("customers.templates");
  const reply = useTranslations("customers.reply");
  const ui = useTranslations("ui");
  const { field } = useErrorText();
  const zone = useTimeZone();
  const tooLong = text.length > MAX_TEMPLATE ? ui("tooLong", { max: MAX_TEMPLATE, count: text.length }) : undefined;
  const problem = templateProblem(kind, text) ?? refused;
  const standard = defaultTemplates[language][kind];
  return (
    <div className="grid gap-x-4 gap-y-2 lg:grid-cols-2">
      <Field
        label={reply(`kinds.${kind}`)}
        hint={
          <span className="[overflow-wrap:anywhere]">
            {t("placeholders")} <code>{PLACEHOLDERS[kind].map((name) => `{${name}}`).join(" ")}</code>
          </span>
        }
        error={tooLong ?? (problem && field(problem))}
      >
        {(control) => (
          <Textarea
            {...control}
            lang={language}
            rows={3}
            value={text}
            onChange={({ target }) => onText(target.value)}
          />
        )}
      </Field>
      <div className="min-w-0">
        <p className="field-label">{t("preview")}</p>
        <p
          lang={language}
          className="whitespace-pre-wrap rounded-md bg-sunken px-2.5 py-1.5 text-soft [overflow-wrap:anywhere]"
        >
          {renderReply(kind, text, exampleFacts, { language, zone })}
        </p>
        {text !== standard && (
          <Button size="sm" className="mt-2" onClick={() => onText(standard)}>
            {t("restore")}
          </Button>
        )}
      </div>
    </div>
  );
}
