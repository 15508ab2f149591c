import { useTranslations } from "next-intl";
import { useState } from "react";
import { ApprovalOffer, isOverLimit } from "@/app/(console)/_request-approval/approval-offer";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { TypedPhraseField } from "@/components/typed-phrase/typed-phrase-field";
import { Button } from "@/components/ui/button/button";
import { Dialog } from "@/components/ui/dialog";
import { Spinner } from "@/components/ui/spinner";
import { matchesPhrase } from "@/lib/format/matches-phrase";
import { NO_WORDS, WordsFields, wordsFit } from "../_components/words-fields";
import { DestroyRows } from "./destroy-rows";
import { useDestroy } from "./use-destroy";

type Props = {
  cardIds: readonly string[];
  retryOf?: string;
  /** The merging transfer that emptied the one card. */
  mergeOf?: string;
  onClose: () => void;
  onChanged?: () => void;
};

/** Destroy cards: read them live, say which can't be and why, confirm, and show each outcome. */
export function DestroyDialog({ cardIds, retryOf, mergeOf, onClose, onChanged }: Props) {
  const t = useTranslations("destroy");
  const ui = useTranslations("ui");
  const operations = useTranslations("operations");
  const { preview, error, results, phase, ready, confirm } = useDestroy({ cardIds, retryOf, mergeOf, onChanged });
  const [typed, setTyped] = useState("");
  const [words, setWords] = useState(NO_WORDS);
  const phrase = preview?.typeToConfirm ? t("phrase", { count: ready }) : null;
  const noteRequired = preview?.noteRequired === true || error?.fields?.note === "required";
  const running = phase === "running";

  const disabledReason = () => {
    if (!preview) return t("reading");
    if (noteRequired && !words.note.trim()) return operations("words.noteFirst");
    if (phrase && !matchesPhrase(typed, phrase)) return ui("typeFirst", { phrase });
    if (!wordsFit(words)) return operations("words.shorten");
    return undefined;
  };

  const overLimit = [...results.values()].flatMap((row) => (!row.ok && isOverLimit(row.error) ? [row] : []));

  const footer =
    phase === "ended" ? (
      <Button onClick={onClose}>{t("close")}</Button>
    ) : preview && ready === 0 ? (
      <Button onClick={onClose} data-autofocus>
        {ui("close")}
      </Button>
    ) : (
      <>
        <Button onClick={onClose} data-autofocus disabledReason={running ? ui("wait") : undefined}>
          {ui("cancel")}
        </Button>
        <Button
          variant="danger"
          pending={running}
          disabledReason={disabledReason()}
          onClick={() => confirm(words, typed)}
        >
          {t("verb", { count: ready })}
        </Button>
      </>
    );

  return (
    <Dialog
      open
      onClose={onClose}
      title={t("title", { count: cardIds.length })}
      pending={running}
      footer={footer}
      step={phase === "ended" ? "ended" : "asking"}
    >
      <div className="grid gap-3 pb-3">
        {!preview && !error && (
          <p role="status" className="flex items-center gap-2 py-4 text-soft">
            <Spinner /> {t("reading")}
          </p>
        )}
        {preview && <DestroyRows preview={preview} results={results} phase={phase} />}
        {preview && phase !== "ended" && ready > 0 && (
          <WordsFields words={words} noteRequired={noteRequired} onWords={setWords} error={error} readOnly={running} />
        )}
        {preview && phase === "asking" && ready > 0 && <p className="text-soft text-sm">{t("irreversible")}</p>}
        {phrase && phase === "asking" && (
          <TypedPhraseField phrase={phrase} value={typed} onChange={setTyped} error={error} />
        )}
        {running && <p role="status">{t("running", { done: results.size, total: ready })}</p>}
        {error && <ErrorNotice error={error} />}
        {phase === "ended" && (
          <ApprovalOffer
            error={overLimit[0]?.error}
            subject={{ kind: "operation", operationIds: overLimit.map(({ operationId }) => operationId) }}
            reason={words.note}
            reference={words.reference}
          />
        )}
      </div>
    </Dialog>
  );
}
