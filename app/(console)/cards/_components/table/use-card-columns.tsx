import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useCardTypeName } from "@/app/(console)/_components/card/use-card-type-name";
import type { CellTone, Column } from "@/components/data-table/types";
import { useCells } from "@/components/data-table/use-cells";
import { Badge } from "@/components/ui/badge";
import type { CardRow, CardUse } from "@/lib/cards/types";
import { formatInteger } from "@/lib/format/numbers";
import { type Known, USE_COLUMNS, USE_OF } from "./use-card-use";

/** `use`: of the cards that were seen to be used; `tags`: of those that have any. */
type Props = { masked: boolean; use: Known<CardUse>; tags: Known<string[]> };

/** The card table's columns; their ids are the sort keys of the list verb. What is masked can't be sorted by. */
export function useCardColumns({ masked, use, tags }: Props): Column<CardRow>[] {
  const t = useTranslations("cards");
  const typeName = useCardTypeName();
  const { times, counts } = useCells<CardRow>();
  return useMemo(() => {
    const typeNames = new Map<string, string>();
    const nameOf = (type: string) => {
      const name = typeNames.get(type) ?? typeName(type);
      typeNames.set(type, name);
      return name;
    };
    const orNone = (textOf: (row: CardRow) => string | null) => ({
      cell: (row: CardRow) => textOf(row) ?? "—",
      tone: (row: CardRow): CellTone | undefined => (textOf(row) === null ? "none" : undefined),
    });
    const state = stateCells({
      redeemed: t("state.redeemed"),
      unredeemed: t("state.unredeemed"),
      gone: t("state.gone"),
      held: t("state.held"),
      inDoubt: t("state.inDoubt"),
      heldHint: t("heldHint"),
    });
    return [
      {
        id: "code",
        header: t("columns.code"),
        cell: (row) => <a href={`/cards/${row.id}`}>{row.maskedCode}</a>,
        look: "code",
        sortable: !masked,
        hideable: false,
        sticky: true,
        width: "8rem",
      },
      {
        id: "type",
        header: t("columns.type"),
        cell: (row) => nameOf(row.type),
        // A free trial stands apart.
        tone: (row) => (row.type === "0" ? "soft" : "accent"),
        sortable: true,
        width: "8rem",
      },
      {
        id: "name",
        header: t("columns.name"),
        ...orNone((row) => row.userName),
        look: "name",
        sortable: true,
        width: "12rem",
        // A phone's rows begin with what support looks for.
        narrow: "title",
      },
      {
        id: "phone",
        header: t("columns.phone"),
        ...orNone((row) => row.maskedPhone),
        sortable: !masked,
        width: "9rem",
      },
      {
        id: "balance",
        header: t("columns.balance"),
        ...counts((row) => row.balance),
        align: "end",
        sortable: true,
        width: "8rem",
        narrow: "value",
      },
      // Before the dates: on a narrow screen a lock must not be out of sight.
      { id: "state", header: t("columns.state"), ...state, sortable: true, width: "7rem" },
      {
        id: "created",
        header: t("columns.created"),
        ...times((row) => row.createdAt),
        sortable: true,
        width: "11rem",
        from: 1280,
      },
      {
        id: "updated",
        header: t("columns.updated"),
        ...times((row) => row.updatedAt),
        sortable: true,
        width: "11rem",
        from: 1366,
      },
      ...USE_COLUMNS.map(
        (id): Column<CardRow> => ({
          id,
          header: t(`columns.${id}`),
          cell: ({ id: card }) => {
            const used = use?.[card];
            return used ? formatInteger(USE_OF[id](used)) : use ? "—" : "…";
          },
          tone: (row) => (use?.[row.id] ? undefined : "none"),
          hint: (row) => (use && !use[row.id] ? t("noUse") : undefined),
          align: "end",
          sortable: true,
          hidden: true,
          narrow: "labelled",
        }),
      ),
      {
        id: "tags",
        header: t("columns.tags"),
        cell: ({ id }) => tags?.[id]?.join(" · ") ?? (tags ? "—" : "…"),
        hint: ({ id }) => tags?.[id]?.join(" · "),
        tone: (row) => (tags?.[row.id] ? undefined : "none"),
        look: "name",
        hidden: true,
      },
      {
        id: "id",
        header: t("columns.id"),
        cell: (row) => <code className="text-xs">{row.id}</code>,
        tone: () => "faint",
        sortable: true,
        hidden: true,
        narrow: "none",
      },
    ];
  }, [t, typeName, times, counts, masked, use, tags]);
}

type StateNames = Record<"redeemed" | "unredeemed" | "gone" | "held" | "inDoubt" | "heldHint", string>;

/** Redeemed or not, gone, or locked by an operation, with a link to it. As `CardState`, for a hundred of them. */
function stateCells(names: StateNames): Pick<Column<CardRow>, "cell" | "tone"> {
  return {
    cell: (row) => {
      if (row.lockedBy) {
        return (
          <a href={`/operations/${row.lockedBy}`} title={names.heldHint}>
            <Badge tone={row.inDoubt ? "unknown" : "warning"} icon="lock">
              {row.inDoubt ? names.inDoubt : names.held}
            </Badge>
          </a>
        );
      }
      if (row.gone) return <Badge icon="minus">{names.gone}</Badge>;
      return row.maskedPhone === null ? names.unredeemed : names.redeemed;
    },
    tone: (row) => (row.maskedPhone === null ? "faint" : "soft"),
  };
}
