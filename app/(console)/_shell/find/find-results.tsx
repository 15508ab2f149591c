import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CardState } from "@/app/(console)/_components/card/card-state";
import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import { useKeyTypeName } from "@/app/(console)/_components/use-key-type-name";
import { StateBadge } from "@/app/(console)/operations/_components/state-badge";
import { useErrorText } from "@/components/feedback/use-error-text";
import { loadWhenOnline } from "@/components/load-when-online";
import { Amount } from "@/components/ui/value/amount";
import { type CardRow, type FoundCards, MAX_FIND_TEXT } from "@/lib/cards/types";
import type { Found } from "@/lib/find/types";
import type { FindOption } from "./find-options";
import type { Find } from "./use-find";
import type { useFindList } from "./use-find-list";

/** Rarely needed, and every page has this box. */
const LiveLookUp = dynamic(() => loadWhenOnline(() => import("./live-look-up").then((module) => module.LiveLookUp)));

export const optionId = (list: string, key: string): string => `${list}-${key}`;

type Props = { id: string; find: Find; list: ReturnType<typeof useFindList> };

/** The results under the find box by group, or why there are none; with an empty box, what was opened last. */
export function FindResults({ id, find, list }: Props) {
  const t = useTranslations("cards.find");
  const { found } = find;
  const { groups, marked } = list;
  let place = 0;
  return (
    // On a phone the box is narrow, so the list is positioned by the header instead.
    <div className="absolute inset-x-2 top-full z-30 mt-1 sm:inset-x-0 rounded-lg bg-raised p-1 shadow-float">
      <Status
        find={find}
        offersMany={groups[0]?.name === "many"}
        hits={found ? groups.reduce((sum, { options }) => sum + options.length, 0) : null}
      />
      <div id={id} role="listbox" aria-label={t("results")} className="max-h-[60dvh] overflow-y-auto">
        {groups.map(({ name, options }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of options
          <div key={name} role="group" aria-label={t(`groups.${name}`)}>
            {(groups.length > 1 || name !== "cards") && (
              <p aria-hidden="true" className="px-2 pt-1.5 pb-0.5 text-soft text-xs">
                {t(`groups.${name}`)}
              </p>
            )}
            {options.map((option) => {
              const own = place++;
              return (
                <Line
                  key={option.key}
                  id={optionId(id, option.key)}
                  marked={own === marked}
                  onMark={() => list.setMarked(own)}
                  onGo={() => list.go(option)}
                >
                  <Content option={option} />
                </Line>
              );
            })}
          </div>
        ))}
      </div>
      {found?.live && (
        <LiveLookUp
          key={`${found.live.phone} ${found.live.code}`}
          asked={found.live}
          atOnce={list.asked}
          onGo={(card) => list.leave(`/cards/${card}`)}
        />
      )}
      {found?.cards.within && found.cards.rows.length > 0 && <Missing within={found.cards.within} />}
      {found?.cards.wholeOnly && <p className="px-2 py-1.5 text-sm text-soft">{t("wholeOnly")}</p>}
      {found?.cards.more && !found.cards.all && <p className="px-2 py-1 text-faint text-xs">{t("more")}</p>}
    </div>
  );
}

function Status({ find, offersMany, hits }: { find: Find; offersMany: boolean; hits: number | null }) {
  const t = useTranslations("cards.find");
  const { sentence } = useErrorText();
  const { found, error, tooLong, searching } = find;
  return (
    <div role="status" className="text-sm">
      {tooLong && offersMany ? null : tooLong ? (
        <p className="px-2 py-1.5 text-danger">{t("tooLong", { max: MAX_FIND_TEXT, count: tooLong })}</p>
      ) : error ? (
        <p className="px-2 py-1.5 text-danger">{sentence(error)}</p>
      ) : found && hits === 0 ? (
        <Nothing text={find.text.trim()} within={found.cards.within} />
      ) : found ? (
        <span className="sr-only">{t("found", { count: totalOf(found) })}</span>
      ) : (
        searching && <p className="px-2 py-1.5 text-faint">{t("searching")}</p>
      )}
    </div>
  );
}

const totalOf = ({ cards, customers, keys, batches, operations }: Found) =>
  cards.total + customers.length + keys.total + batches.total + operations.total;

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

type LineProps = { id: string; marked: boolean; onMark: () => void; onGo: () => void; children: ReactNode };

function Line({ id, marked, onMark, onGo, children }: LineProps) {
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
      {children}
    </div>
  );
}

function Content({ option }: { option: FindOption }) {
  const t = useTranslations("cards.find");
  const operationKinds = useTranslations("types.operation");
  const keyTypeName = useKeyTypeName();
  switch (option.kind) {
    case "card":
      return <Card row={option.card} />;
    case "customer":
      return (
        <>
          <Name>{option.customer.userName}</Name>
          <span className="text-soft text-sm">{option.customer.maskedPhone ?? "—"}</span>
          <span className="ms-auto text-soft text-sm">{t("cardsOf", { count: option.customer.cards })}</span>
        </>
      );
    case "key":
      return (
        <>
          <span className="font-mono">••••{option.found.last4}</span>
          <span className="text-soft text-sm">{keyTypeName(option.found.keyType)}</span>
        </>
      );
    case "batch":
      return (
        <>
          <Name>{option.found.note}</Name>
          <span className="text-soft text-sm">
            {t("batch", { type: keyTypeName(option.found.keyType), count: option.found.wanted })}
          </span>
          <span className="font-mono text-faint text-sm">{option.found.id.slice(0, 8)}</span>
        </>
      );
    case "operation":
      return (
        <>
          <span className="font-medium">{operationKinds(option.found.kind)}</span>
          <span className="text-soft text-sm">{option.found.reference}</span>
          <span className="font-mono text-faint text-sm">{option.found.id.slice(0, 8)}</span>
          <span className="ms-auto">
            <StateBadge state={option.found.state} />
          </span>
        </>
      );
    case "many":
      return <span className="text-accent text-sm">{t("many", { count: option.count })}</span>;
    case "all":
      return <span className="text-accent text-sm">{t(`all.${option.of}`, { count: option.count })}</span>;
    case "recent":
      return <Name>{option.note}</Name>;
  }
}

const Name = ({ children }: { children: string | null }) => (
  <bdi className="min-w-0 max-w-full truncate font-medium">{children || "—"}</bdi>
);

function Card({ row }: { row: CardRow }) {
  const typeName = useCardTypeName();
  return (
    <>
      <Name>{row.userName}</Name>
      <span className="text-soft text-sm">{row.maskedPhone ?? "—"}</span>
      <span className="font-mono text-faint text-sm">{row.maskedCode}</span>
      <span className="text-soft text-sm max-sm:hidden">{typeName(row.type)}</span>
      {row.gone && <CardState card={{ ...row, lockedBy: null }} />}
      <span className="ms-auto">
        <Amount value={row.balance} />
      </span>
    </>
  );
}
