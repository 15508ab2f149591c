import { useTranslations } from "next-intl";
import { useState } from "react";
import { CardProblems } from "@/app/(console)/_components/card/card-problems";
import { CardSummary } from "@/app/(console)/_components/card/card-summary";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import { MAX_FIND_TEXT, transferProblems } from "@/lib/cards/types";
import type { PublicError } from "@/lib/core/errors";
import type { CardSide } from "@/lib/operations";
import { postJson, publicErrorOf } from "@/lib/web/post-json";

type Props = {
  sourceId: string;
  target: CardSide | null;
  onTarget: (card: CardSide | null) => void;
  error: string | undefined;
};

/** Find the target card by phone, code, nickname or id. Cards that can't be a target say why. */
export function TargetPicker({ sourceId, target, onTarget, error }: Props) {
  const t = useTranslations("transfer");
  const ui = useTranslations("ui");
  const [text, setText] = useState("");
  const [found, setFound] = useState<CardSide[] | null>(null);
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState<PublicError | null>(null);

  if (target) {
    return (
      <div>
        <p className="mb-1 font-medium text-sm text-soft">{t("to")}</p>
        <CardSummary card={target}>
          <Button size="sm" variant="ghost" onClick={() => onTarget(null)}>
            {t("changeTarget")}
          </Button>
        </CardSummary>
      </div>
    );
  }

  const search = async () => {
    if (!text.trim()) return;
    setPending(true);
    setFailed(null);
    try {
      setFound((await postJson<{ rows: CardSide[] }>("/api/cards/find", { text })).rows);
    } catch (thrown) {
      setFailed(publicErrorOf(thrown));
    }
    setPending(false);
  };

  return (
    <div className="grid gap-2">
      <Field label={t("findTarget")} hint={t("findHint")} error={error} required>
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              data-autofocus
              value={text}
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
                event.preventDefault();
                search();
              }}
              className="flex-1"
            />
            <Button icon="search" pending={pending} onClick={search}>
              {t("search")}
            </Button>
          </div>
        )}
      </Field>
      {failed?.fields?.text ? (
        <p role="alert" className="text-danger text-sm">
          {ui("tooLong", { max: MAX_FIND_TEXT, count: text.trim().length })}
        </p>
      ) : (
        failed && <ErrorNotice error={failed} onRetry={search} />
      )}
      {found?.length === 0 && <p role="status">{t("noTarget")}</p>}
      {found && found.length > 0 && (
        <ul className="grid max-h-64 gap-1 overflow-y-auto" aria-label={t("findTarget")}>
          {found.map((card) => (
            <Candidate key={card.id} card={card} sourceId={sourceId} onChoose={() => onTarget(card)} />
          ))}
        </ul>
      )}
    </div>
  );
}

function Candidate({ card, sourceId, onChoose }: { card: CardSide; sourceId: string; onChoose: () => void }) {
  const t = useTranslations("transfer");
  const nobody = { id: sourceId, type: "1", balance: 1, phone: "-" };
  const problems = transferProblems({ source: nobody, target: { ...card, phone: card.maskedPhone } });
  if (problems.length === 0) {
    return (
      <li>
        <button type="button" onClick={onChoose} className="block w-full rounded-md text-start hover:bg-hover">
          <CardSummary card={card} />
        </button>
      </li>
    );
  }
  return (
    <li className="text-faint">
      <CardSummary card={card}>
        <div className="w-full text-sm text-warning">
          <span className="sr-only">{t("notPossible")} </span>
          <CardProblems problems={problems.map(({ side, ...problem }) => problem)} />
        </div>
      </CardSummary>
    </li>
  );
}
