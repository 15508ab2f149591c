import { useTranslations } from "next-intl";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import type { PublicError } from "@/lib/core/errors";
import { MAX_NOTE, MAX_REFERENCE } from "@/lib/operations/types";

/** What a user may say of an operation, as typed. */
export type OperationWords = { note: string; reference: string };
export const NO_WORDS: OperationWords = { note: "", reference: "" };

export const wordsFit = ({ note, reference }: OperationWords): boolean =>
  note.trim().length <= MAX_NOTE && reference.trim().length <= MAX_REFERENCE;

type Props = {
  words: OperationWords;
  /** So large that the note is not optional. */
  noteRequired?: boolean;
  onWords: (words: OperationWords) => void;
  error?: PublicError | null;
  /** While they are on their way: what was typed then would not go with them. */
  readOnly?: boolean;
};

/**
 * Note and ticket number on one line, both optional unless the size asks for a note. What is too long says so; nothing
 * typed is cut.
 */
export function WordsFields({ words, noteRequired = false, onWords, error, readOnly }: Props) {
  const t = useTranslations("operations.words");
  const { field } = useErrorText();
  const problem = (name: keyof OperationWords, longest: number) => {
    if (words[name].trim().length > longest) return t("tooLong", { longest });
    const code = error?.fields?.[name];
    return code && field(code);
  };
  const input = (name: keyof OperationWords, longest: number, className: string) => (
    <Field
      label={t(name === "note" && noteRequired ? "noteNeeded" : name)}
      hint={name === "note" && noteRequired ? t("whyNote") : undefined}
      required={name === "note" && noteRequired}
      error={problem(name, longest)}
      className={className}
    >
      {(control) => (
        <Input
          {...control}
          value={words[name]}
          readOnly={readOnly}
          autoComplete="off"
          onChange={(event) => onWords({ ...words, [name]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <div className="flex flex-wrap gap-3">
      {input("note", MAX_NOTE, "min-w-48 flex-2")}
      {input("reference", MAX_REFERENCE, "min-w-32 flex-1")}
    </div>
  );
}
