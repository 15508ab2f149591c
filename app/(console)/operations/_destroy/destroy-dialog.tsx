import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import { Spinner } from "@/components/ui/spinner";
import type { PublicError } from "@/lib/core/errors";
import type { ConfirmedRow, DestroyPreview } from "@/lib/operations";
import { confirmDestroyAction, previewDestroyAction } from "../actions";
import { DestroyRows } from "./destroy-rows";

export type DestroyDialogProps = {
  cardIds: readonly string[];
  retryOf?: string;
  onClose: () => void;
  onChanged?: () => void;
};

/** Cards sent in one go; their answers come back together. */
const CHUNK = 10;

/** Destroy cards: read them live, say which can't be and why, confirm, and show what became of each. */
export function DestroyDialog({ cardIds, retryOf, onClose, onChanged }: DestroyDialogProps) {
  const t = useTranslations("destroy");
  const ui = useTranslations("ui");
  const client = useQueryClient();
  const [preview, setPreview] = useState<DestroyPreview | null>(null);
  const [error, setError] = useState<PublicError | null>(null);
  const [results, setResults] = useState<ReadonlyMap<string, ConfirmedRow>>(new Map());
  const [phase, setPhase] = useState<"asking" | "running" | "ended">("asking");
  const [typed, setTyped] = useState("");

  useEffect(() => {
    let current = true;
    previewDestroyAction({ cardIds, ...(retryOf && { retryOf }) })
      .catch(() => null)
      .then((result) => {
        if (!current) return;
        if (result?.ok) setPreview(result.data);
        else setError(result?.error ?? { code: "unavailable", key: "no_connection" });
      });
    return () => {
      current = false;
    };
  }, [cardIds, retryOf]);

  const drafts = preview?.rows.flatMap((row) => (row.draft ? [row.draft.operationId] : [])) ?? [];
  const ready = drafts.length;
  const phrase = preview?.typeToConfirm ? t("phrase", { count: ready }) : null;

  const confirm = async () => {
    setPhase("running");
    for (let i = 0; i < drafts.length; i += CHUNK) {
      const result = await confirmDestroyAction({ operationIds: drafts.slice(i, i + CHUNK) }).catch(() => null);
      if (!result?.ok) {
        // What was sent stands in the journal; nothing more is sent after an answer was lost.
        setError(result?.error ?? { code: "unavailable", key: "no_answer" });
        break;
      }
      const rows = result.data;
      setResults((before) => new Map([...before, ...rows.map((row) => [row.operationId, row] as const)]));
    }
    setPhase("ended");
    await client.invalidateQueries({ queryKey: ["operations"] });
    onChanged?.();
  };

  const running = phase === "running";
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("title", { count: cardIds.length })}
      pending={running}
      footer={
        phase === "ended" ? (
          <Button onClick={onClose}>{t("close")}</Button>
        ) : (
          <>
            <Button onClick={onClose} data-autofocus disabledReason={running ? ui("wait") : undefined}>
              {ui("cancel")}
            </Button>
            <Button
              variant="danger"
              pending={running}
              disabledReason={blockedBy(ready, preview, phrase, typed, t, ui)}
              onClick={confirm}
            >
              {t("verb", { count: ready })}
            </Button>
          </>
        )
      }
    >
      <div className="grid gap-3 pb-3">
        {!preview && !error && (
          <p role="status" className="flex items-center gap-2 py-4 text-soft">
            <Spinner /> {t("reading")}
          </p>
        )}
        {preview && <DestroyRows preview={preview} results={results} phase={phase} />}
        {preview && phase === "asking" && ready > 0 && <p className="text-soft text-sm">{t("irreversible")}</p>}
        {phrase && phase === "asking" && (
          <Field label={ui("typePhrase", { phrase })}>
            {(control) => (
              <Input {...control} value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
            )}
          </Field>
        )}
        {running && <p role="status">{t("running", { done: results.size, total: ready })}</p>}
        {error && <ErrorNotice error={error} />}
      </div>
    </Dialog>
  );
}

type Words<N extends "destroy" | "ui"> = ReturnType<typeof useTranslations<N>>;

function blockedBy(
  ready: number,
  preview: DestroyPreview | null,
  phrase: string | null,
  typed: string,
  t: Words<"destroy">,
  ui: Words<"ui">,
): string | undefined {
  if (!preview) return t("reading");
  if (ready === 0) return t("none");
  if (phrase && typed.trim() !== phrase) return ui("typeFirst", { phrase });
  return undefined;
}
