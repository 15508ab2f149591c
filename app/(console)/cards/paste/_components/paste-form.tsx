import clsx from "clsx";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Textarea } from "@/components/ui/form/textarea";
import { Term } from "@/components/ui/term";
import { MAX_PASTED_LINES, MAX_PASTED_TEXT } from "@/lib/find/types";
import type { Paste } from "./use-paste";

/** The box that takes a paste. Ctrl+Enter looks it up, too. No `maxLength`: it would cut in silence. */
export function PasteForm({ paste, masked }: { paste: Paste; masked: boolean }) {
  const t = useTranslations("paste.form");
  const { draft, tooLong, loading } = paste;
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // As the find box has it; from there when nothing was typed into it yet.
    const active = document.activeElement;
    const isFree =
      active === document.body ||
      active instanceof HTMLHeadingElement ||
      (active instanceof HTMLInputElement && active.value === "");
    if (box.current?.value === "" && isFree && matchMedia("(pointer: fine)").matches)
      box.current.focus({ preventScroll: true });
  }, []);
  const blank = draft.trim() === "";
  const ready = !blank && tooLong === null && !loading;
  return (
    <Form
      className="mb-3"
      onSubmit={() => {
        if (ready) paste.lookUp();
      }}
    >
      <Field
        label={t("label")}
        about={<Term name="code" />}
        hint={masked ? t("maskedHint") : t("hint", { most: MAX_PASTED_LINES })}
        error={tooLong !== null && t("tooLong", { max: MAX_PASTED_TEXT, count: tooLong })}
      >
        {(control) => (
          <Textarea
            {...control}
            rows={paste.asked === "" ? 8 : 3}
            // Once looked up, the sheet is what one reads.
            className={clsx("overflow-auto font-mono", paste.draft === paste.asked && !blank ? "max-h-24" : "max-h-64")}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            ref={box}
            placeholder={t("placeholder")}
            value={draft}
            onChange={({ target }) => paste.setDraft(target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }}
          />
        )}
      </Field>
      <div className="mt-2 flex gap-2">
        <Button
          type="submit"
          variant="primary"
          icon="search"
          pending={loading}
          disabledReason={blank ? t("blank") : undefined}
        >
          {t("submit")}
        </Button>
        {!blank && (
          <Button
            onClick={() => {
              paste.clear();
              box.current?.focus();
            }}
          >
            {t("clear")}
          </Button>
        )}
      </div>
    </Form>
  );
}
