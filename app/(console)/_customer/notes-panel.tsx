import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { customersKey, historyKey } from "@/app/(console)/query-keys";
import { useAction } from "@/components/actions/use-action";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Panel } from "@/components/panel";
import { Button } from "@/components/ui/button/button";
import { IconButton } from "@/components/ui/button/icon-button";
import { Field } from "@/components/ui/form/field";
import { Form } from "@/components/ui/form/form";
import { Textarea } from "@/components/ui/form/textarea";
import { DateTime } from "@/components/ui/value/date-time";
import type { FindCustomer } from "@/lib/customers/schemas";
import { MAX_NOTE_TEXT, type NoteView } from "@/lib/customers/types";
import { addNoteAction, deleteNoteAction } from "./actions";
import { NoteText } from "./note-text";

const invalidates = [customersKey, historyKey];

type Props = {
  /** What a new note is about. */
  about: FindCustomer;
  notes: readonly NoteView[];
};

/** Notes about a customer, newest first, and a place to write one. Who deleted one stays, what it said does not. */
export function NotesPanel({ about, notes }: Props) {
  const t = useTranslations("customers.notes");
  const here = "cardId" in about ? about.cardId : null;
  const [deleting, setDeleting] = useState<NoteView | null>(null);
  const call = useAction(deleteNoteAction, { effect: "write", invalidates });

  const box = useRef<HTMLDivElement>(null);
  /** The focus is owed to a note, by its id, or to the field ("") once the dialog has closed. */
  const owed = useRef<string | null>(null);

  const remove = async () => {
    if (!deleting) return;
    const at = notes.findIndex(({ id }) => id === deleting.id);
    const following = at < 0 ? undefined : notes.slice(at + 1).find(({ deleted }) => !deleted);
    const result = await call.run({ noteId: deleting.id });
    if (!result.ok) return;
    owed.current = following?.id ?? "";
    setDeleting(null);
  };

  // What was pressed is gone with the note, so the dialog finds nothing to give the focus back to.
  useEffect(() => {
    if (deleting || owed.current === null) return;
    const next = owed.current && box.current?.querySelector<HTMLElement>(`[data-note="${owed.current}"]`);
    owed.current = null;
    (next || box.current?.querySelector("textarea"))?.focus();
  }, [deleting]);

  return (
    <Panel title={t("title")}>
      <div ref={box}>
        <AddNote about={about} />
        {notes.length === 0 ? (
          <p className="mt-3 text-faint">{t("empty")}</p>
        ) : (
          <ul className="mt-3 grid gap-2">
            {notes.map((note) => (
              <li key={note.id} data-note={note.id} tabIndex={-1} className="border-line border-t pt-2">
                <NoteText note={note} />
                <span className="flex flex-wrap items-center gap-x-3 text-faint text-sm">
                  <bdi>{note.authorName}</bdi>
                  <DateTime value={note.at} />
                  {note.cardId && note.cardId !== here && (
                    <Link href={`/cards/${note.cardId}`} prefetch={false} className="text-accent hover:underline">
                      {t("ofCard")}
                    </Link>
                  )}
                  {note.mayDelete && (
                    <span className="ms-auto">
                      <IconButton icon="destroy" size="sm" label={t("delete")} onClick={() => setDeleting(note)} />
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
      <ConfirmDialog
        open={deleting !== null}
        onClose={() => setDeleting(null)}
        title={t("deleteTitle")}
        verb={t("delete")}
        call={call}
        onConfirm={remove}
      >
        {t("deleteNote")}
      </ConfirmDialog>
    </Panel>
  );
}

function AddNote({ about }: { about: FindCustomer }) {
  const t = useTranslations("customers.notes");
  const ui = useTranslations("ui");
  const { field } = useErrorText();
  const [text, setText] = useState("");
  const { run, pending, error, reset } = useAction(addNoteAction, { effect: "write", invalidates });
  const { length } = text.trim();
  const problem = length > MAX_NOTE_TEXT ? ui("tooLong", { max: MAX_NOTE_TEXT, count: length }) : undefined;
  const wrong = error?.fields?.text;

  const submit = async () => {
    if (pending || problem) return;
    const result = await run({ about, text });
    // What was typed meanwhile is not added yet.
    if (result.ok) setText((now) => (now === text ? "" : now));
  };

  return (
    <Form className="grid gap-2" noValidate onSubmit={submit}>
      <Field label={t("new")} hint={t("hint")} error={problem ?? (wrong && field(wrong))}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              if (error) reset();
            }}
          />
        )}
      </Field>
      {error && !error.fields && <ErrorNotice error={error} />}
      <div>
        <Button type="submit" size="sm" pending={pending}>
          {t("add")}
        </Button>
      </div>
    </Form>
  );
}
