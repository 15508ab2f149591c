import { useTranslations } from "next-intl";
import { CardState } from "@/app/(console)/_components/card/card-state";
import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import { useErrorText } from "@/components/feedback/use-error-text";
import { Amount } from "@/components/ui/value/amount";
import type { CardRow } from "@/lib/cards/types";
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
  const { found, error, searching } = find;
  const rows = found?.rows ?? [];
  const asked = found && rows.length === 0 ? readPhoneAndCode(find.text) : null;
  return (
    // On a phone the box is narrow, so the list is positioned by the header instead.
    <div className="absolute inset-x-2 top-full z-30 mt-1 sm:inset-x-0 rounded-lg bg-raised p-1 shadow-float">
      <div role="status" className="text-sm">
        {error ? (
          <p className="px-2 py-1.5 text-danger">{sentence(error)}</p>
        ) : found && rows.length === 0 ? (
          <p className="px-2 py-1.5">
            <span className="[overflow-wrap:anywhere]">{t("nothing", { text: find.text.trim() })}</span>
            <span className="block text-faint">{t("nothingHint")}</span>
          </p>
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
      {found?.more && <p className="px-2 py-1 text-faint text-xs">{t("more")}</p>}
    </div>
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
