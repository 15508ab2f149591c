import { useTranslations } from "next-intl";
import { CardState } from "@/app/(console)/_components/card/card-state";
import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Amount } from "@/components/ui/value/amount";
import { type CardRow, type FoundCards, MAX_FIND_TEXT } from "@/lib/cards/types";
import { readPhoneAndCode } from "@/lib/format/phone-and-code";
import { LiveLookUp } from "./live-look-up";
import type { Find } from "./use-find";

export const optionId = (list: string, card: string): string => `${list}-${card}`;

type Props = {
  id: string;
  find: Find;
  marked: number;
  onMark: (place: number) => void;
  onGo: (id: string) => void;
};

/** The results under the find box, or why there are none. */
export function FindResults({ id, find, marked, onMark, onGo }: Props) {
  const t = useTranslations("cards.find");
  const { sentence } = useErrorText();
  const { found, error, tooLong, searching } = find;
  const rows = found?.rows ?? [];
  const asked = found && rows.length === 0 ? readPhoneAndCode(find.text) : null;
  return (
    // On a phone the box is narrow, so the list is positioned by the header instead.
    <div className="absolute inset-x-2 top-full z-30 mt-1 sm:inset-x-0 rounded-lg bg-raised p-1 shadow-float">
      <div role="status" className="text-sm">
        {tooLong ? (
          <p className="px-2 py-1.5 text-danger">{t("tooLong", { max: MAX_FIND_TEXT, count: tooLong })}</p>
        ) : error ? (
          <p className="px-2 py-1.5 text-danger">{sentence(error)}</p>
        ) : found && rows.length === 0 ? (
          <Nothing text={find.text.trim()} within={found.within} />
        ) : found ? (
          <span className="sr-only">{t("found", { count: rows.length })}</span>
        ) : (
          searching && <p className="px-2 py-1.5 text-faint">{t("searching")}</p>
        )}
      </div>
      <div id={id} role="listbox" aria-label={t("results")} className="max-h-[60dvh] overflow-y-auto">
        {rows.map((row, place) => (
          <Option
            key={row.id}
            id={optionId(id, row.id)}
            row={row}
            marked={place === marked}
            onMark={() => onMark(place)}
            onGo={() => onGo(row.id)}
          />
        ))}
      </div>
      {asked && <LiveLookUp key={`${asked.phone} ${asked.code}`} asked={asked} onGo={onGo} />}
      {found?.within && rows.length > 0 && <Missing within={found.within} />}
      {found?.wholeOnly && <p className="px-2 py-1.5 text-sm text-soft">{t("wholeOnly")}</p>}
      {found?.more && <p className="px-2 py-1 text-faint text-xs">{t("more")}</p>}
    </div>
  );
}

type Within = FoundCards["within"];
/** Longer texts are no nickname; they are not repeated under the box. */
const REPEATED = 64;

/** What was looked up without a result. Of a longer text only what was recognised in it. */
function Nothing({ text, within }: { text: string; within: Within }) {
  const t = useTranslations("cards.find");
  if (within && within.count > 0) return <Missing within={within} />;
  const long = text.length > REPEATED;
  return (
    <p className="px-2 py-1.5">
      <span className="[overflow-wrap:anywhere]">{long ? t("nothingRecognised") : t("nothing", { text })}</span>
      <span className="block text-faint">{t(long ? "nothingRecognisedHint" : "nothingHint")}</span>
    </p>
  );
}

const NAMED = 5;

/** Which of a text's phones, codes and ids have no card. */
function Missing({ within }: { within: NonNullable<Within> }) {
  const t = useTranslations("cards.find");
  const { count, missing } = within;
  if (missing.length === 0) return null;
  const list = missing.slice(0, NAMED).join(t("listJoiner"));
  return (
    <p className="px-2 py-1.5 text-sm text-warning">
      {t(missing.length > NAMED ? "missingMany" : "missing", { count, missing: missing.length, list })}
    </p>
  );
}

type OptionProps = { id: string; row: CardRow; marked: boolean; onMark: () => void; onGo: () => void };

function Option({ id, row, marked, onMark, onGo }: OptionProps) {
  const typeName = useCardTypeName();
  return (
    // Focus stays in the input, which handles the keys.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={marked}
      onPointerMove={onMark}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onGo}
      onKeyDown={undefined}
      className={`flex min-h-9 cursor-pointer flex-wrap items-baseline gap-x-3 rounded-sm px-2 py-1.5 ${marked ? "bg-hover" : ""}`}
    >
      <bdi className="min-w-0 max-w-full truncate font-medium">{row.userName ?? "—"}</bdi>
      <span className="text-soft text-sm">{row.maskedPhone ?? "—"}</span>
      <span className="font-mono text-faint text-sm">{row.maskedCode}</span>
      <span className="text-soft text-sm">{typeName(row.type)}</span>
      {row.gone && <CardState card={{ ...row, lockedBy: null }} />}
      <span className="ms-auto">
        <Amount value={row.balance} />
      </span>
    </div>
  );
}
