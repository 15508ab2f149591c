import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import type { CellTone, Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import type { CardRow } from "@/lib/cards/types";
import type { FoundLine } from "@/lib/find/types";
import { formatInteger } from "@/lib/format/numbers";
import type { SheetRow } from "./sheet";
import { useResultText } from "./use-result-text";

/** The columns of the sheet; the amount only where the paste has one. */
export function useSheetColumns({ hasAmounts }: { hasAmounts: boolean }): Column<SheetRow>[] {
  const t = useTranslations("paste");
  const cards = useTranslations("cards.columns");
  const states = useTranslations("cards.state");
  const typeName = useCardTypeName();
  const resultText = useResultText();
  const { counts } = useCells<SheetRow>();
  return useMemo(() => {
    const orNone = (textOf: (row: SheetRow) => string | null | undefined) => ({
      cell: (row: SheetRow) => textOf(row) ?? "—",
      tone: (row: SheetRow): CellTone | undefined => (textOf(row) ? undefined : "none"),
    });
    const balance = counts((row) => row.card?.balance ?? null);
    const amount: Column<SheetRow> = {
      id: "amount",
      header: t("columns.amount"),
      ...orNone(({ line, isFirst }) => (isFirst && line.amount !== null ? formatInteger(line.amount) : null)),
      align: "end",
      width: "7rem",
      narrow: "labelled",
    };
    return [
      {
        id: "line",
        header: t("columns.line"),
        cell: ({ line }) => formatInteger(line.line),
        tone: () => "faint",
        align: "end",
        width: "4rem",
        hideable: false,
        sticky: true,
        narrow: "labelled",
      },
      {
        id: "text",
        header: t("columns.text"),
        cell: ({ line }) => line.text,
        tone: ({ isFirst }) => (isFirst ? undefined : "faint"),
        hint: ({ line }) => line.text,
        look: "name",
        width: "14rem",
        narrow: "title",
      },
      ...(hasAmounts ? [amount] : []),
      {
        id: "result",
        header: t("columns.result"),
        cell: ({ line }) => resultText(line),
        tone: ({ line }) => toneOf(line),
        hint: ({ line }) => (line.differs ? t("differsHint") : undefined),
        width: "12rem",
        hideable: false,
      },
      {
        id: "code",
        header: cards("code"),
        cell: ({ card, line }) => {
          if (card) return <a href={`/cards/${card.id}`}>{card.maskedCode}</a>;
          return line.key ? <a href={`/keys/${line.key.batchId}`}>{`••••${line.key.last4}`}</a> : "—";
        },
        tone: ({ card, line }) => ((card ?? line.key) ? undefined : "none"),
        look: "code",
        width: "8rem",
      },
      { id: "name", header: cards("name"), ...orNone(({ card }) => card?.userName), look: "name", width: "12rem" },
      { id: "phone", header: cards("phone"), ...orNone(({ card }) => card?.maskedPhone), width: "9rem", from: 1024 },
      {
        id: "type",
        header: cards("type"),
        ...orNone(({ card }) => card && typeName(card.type)),
        width: "8rem",
        from: 1280,
      },
      {
        id: "balance",
        header: cards("balance"),
        ...balance,
        hint: (row) => (row.card ? balance.hint(row) : undefined),
        align: "end",
        width: "8rem",
        narrow: "value",
      },
      {
        id: "state",
        header: cards("state"),
        cell: ({ card }) => (card ? states(stateOf(card)) : "—"),
        tone: ({ card }) => (card ? (card.lockedBy ? "warning" : "soft") : "none"),
        width: "7rem",
        from: 1280,
      },
    ];
  }, [t, cards, states, typeName, resultText, counts, hasAmounts]);
}

function stateOf({ lockedBy, gone, maskedPhone }: CardRow) {
  if (lockedBy) return "held";
  if (gone) return "gone";
  return maskedPhone === null ? "unredeemed" : "redeemed";
}

function toneOf({ result, differs, duplicateOf }: FoundLine): CellTone | undefined {
  if (result === "missing" || result === "unread" || differs || duplicateOf !== null) return "warning";
  return result === "found" ? "soft" : undefined;
}
