import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { CardProblems } from "@/app/(console)/_components/card/card-problems";
import { CardSummary } from "@/app/(console)/_components/card/card-summary";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { Button } from "@/components/ui/button/button";
import { Field } from "@/components/ui/form/field";
import { Input } from "@/components/ui/form/input";
import { Spinner } from "@/components/ui/spinner";
import { MAX_FIND_TEXT, type Problem, transferProblems } from "@/lib/cards/types";
import { classifySearch } from "@/lib/format/classify-search";
import type { CardSide } from "@/lib/operations";
import { useFoundCards } from "./use-found-cards";

type Side = "source" | "target";
type Props = {
  side: Side;
  /** The card on the other side. */
  otherId: string;
  card: CardSide | null;
  onCard: (card: CardSide | null) => void;
  error: string | undefined;
};

/**
 * Find one card of a transfer by phone, code, nickname or id, as one types. The only card of a whole phone, code or id
 * is taken at once. Otherwise Enter takes the only one that can be, or goes to the first of several: which one gets the
 * money is nobody's guess. Cards that can't be taken say why.
 */
export function CardPicker({ side, otherId, card, onCard, error }: Props) {
  const t = useTranslations("transfer");
  const ui = useTranslations("ui");
  const [text, setText] = useState("");
  const [composing, setComposing] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const changing = useRef(false);
  const enteredText = useRef<string | null>(null);
  const { found, searching, error: failed, again } = useFoundCards(composing ? "" : text);
  const candidates = (found?.rows ?? []).map((row) => ({ row, problems: problemsOf(row, side, otherId) }));
  const possible = candidates.filter(({ problems }) => problems.length === 0);
  const tooLong = text.trim().length > MAX_FIND_TEXT;

  const take = (row: CardSide) => {
    setText("");
    onCard(row);
  };
  const enter = () => {
    // Once for each press: what is found may be read again, and change.
    enteredText.current = null;
    const [first] = possible;
    if (first && possible.length === 1) take(first.row);
    else list.current?.querySelector("button")?.focus();
  };
  const onFound = useEffectEvent(() => {
    const [only] = candidates;
    if (enteredText.current === text) enter();
    else if (only && candidates.length === 1 && only.problems.length === 0 && isWhole(text)) take(only.row);
  });
  useEffect(() => {
    if (found) onFound();
  }, [found]);
  useEffect(() => {
    if (card || !changing.current) return;
    changing.current = false;
    box.current?.focus();
  }, [card]);

  if (card) {
    return (
      <div>
        <p className="mb-1 font-medium text-sm text-soft">{t(sideWords[side].chosen)}</p>
        <CardSummary card={card}>
          <Button
            size="sm"
            variant="ghost"
            onClick={() => {
              changing.current = true;
              onCard(null);
            }}
          >
            {t("changeTarget")}
          </Button>
        </CardSummary>
      </div>
    );
  }

  return (
    <div className="grid gap-2">
      <Field label={t(sideWords[side].chosen)} hint={t("findHint")} error={error} required>
        {(control) => (
          <Input
            {...control}
            ref={box}
            data-autofocus
            value={text}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            onCompositionStart={() => setComposing(true)}
            onCompositionEnd={() => setComposing(false)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
              event.preventDefault();
              // Pressed before the answer is here, it is done when it comes.
              enteredText.current = text;
              if (found) enter();
            }}
          />
        )}
      </Field>
      {tooLong && (
        <p role="alert" className="text-danger text-sm">
          {ui("tooLong", { max: MAX_FIND_TEXT, count: text.trim().length })}
        </p>
      )}
      {failed && <ErrorNotice error={failed} onRetry={again} />}
      <div role="status">
        {searching && !found && !tooLong && (
          <p className="flex items-center gap-2 text-soft text-sm">
            <Spinner /> {ui("loading")}
          </p>
        )}
        {found?.rows.length === 0 && <p>{t("noCard")}</p>}
      </div>
      {candidates.length > 0 && (
        <ul ref={list} className="grid max-h-64 gap-1 overflow-y-auto" aria-label={t(sideWords[side].chosen)}>
          {candidates.map(({ row, problems }) => (
            <Candidate key={row.id} card={row} problems={problems} side={side} onChoose={() => take(row)} />
          ))}
        </ul>
      )}
    </div>
  );
}

const sideWords = {
  source: { chosen: "from", notPossible: "notPossibleSource" },
  target: { chosen: "to", notPossible: "notPossible" },
} as const;

/** A text that names a card rather than a part of one. */
const isWhole = (text: string): boolean => ["phone", "id", "code"].includes(classifySearch(text)[0]?.kind ?? "name");

const ANYBODY = { type: "1", balance: 1, phone: "-" };

/** Why a found card can't be this side of a transfer whose other side is `otherId`. */
function problemsOf(card: CardSide, side: Side, otherId: string): Problem[] {
  const found = { ...card, phone: card.maskedPhone };
  const other = { ...ANYBODY, id: otherId };
  const problems = transferProblems(
    side === "target" ? { source: other, target: found } : { source: found, target: other },
  );
  return problems.map(({ side: _, ...problem }) => problem);
}

type CandidateProps = { card: CardSide; problems: Problem[]; side: Side; onChoose: () => void };

function Candidate({ card, problems, side, onChoose }: CandidateProps) {
  const t = useTranslations("transfer");
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
          <span className="sr-only">{t(sideWords[side].notPossible)} </span>
          <CardProblems problems={problems} />
        </div>
      </CardSummary>
    </li>
  );
}
