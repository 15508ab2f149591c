"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { queryKeys } from "@/app/(console)/query-keys";
import { DataTable } from "@/components/data-table/data-table";
import { EmptyState } from "@/components/feedback/empty-state";
import { ErrorNotice } from "@/components/feedback/error-notice";
import { useNavigate } from "@/components/navigation/use-navigate";
import { Button } from "@/components/ui/button/button";
import { formatInteger } from "@/lib/format/numbers";
import { CardDialogs, useCardDialogs } from "../../_components/card-dialogs";
import { BulkActions } from "../../_components/table/bulk-actions";
import { CopyColumn } from "./copy-column";
import { OtherLines } from "./other-lines";
import { PasteForm } from "./paste-form";
import { foundCards, isCardKey, linesOf, rowsOf, type SheetFilter, type SheetRow, totalsOf } from "./sheet";
import { SheetExportMenu } from "./sheet-export-menu";
import { SheetFilters } from "./sheet-filters";
import { SheetTotals } from "./sheet-totals";
import { usePaste } from "./use-paste";
import { useSheetColumns } from "./use-sheet-columns";
import { useSheetMenu } from "./use-sheet-menu";

const NONE: ReadonlySet<string> = new Set();
const FIRST = { filter: "all" as SheetFilter, page: 1, selected: NONE };

/** Many lines looked up at once: the paste, and one sheet in its order. */
export function PasteView({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations("paste");
  const navigate = useNavigate();
  const client = useQueryClient();
  const paste = usePaste();
  const { data, cards } = paste;
  const dialogs = useCardDialogs();
  const [size, setSize] = useState(100);
  // What is chosen in one sheet is nothing in another.
  const sheet = `${paste.from} ${paste.asked}`;
  const [chosen, setChosen] = useState({ ...FIRST, sheet });
  const { filter, page, selected } = chosen.sheet === sheet ? chosen : FIRST;
  const choose = (change: Partial<typeof FIRST>) => setChosen({ filter, page, selected, ...change, sheet });
  const columns = useSheetColumns({ hasAmounts: data?.lines.some(({ amount }) => amount !== null) ?? false });
  const rowMenu = useSheetMenu(canWrite, dialogs);
  // Not with each key that is typed into the box.
  const { lines, rows, found } = useMemo(() => {
    const lines = data ? linesOf(data, filter) : [];
    return { lines, rows: rowsOf(lines, cards), found: foundCards(lines) };
  }, [data, filter, cards]);
  const shown = useMemo(() => rows.slice((page - 1) * size, page * size), [rows, page, size]);

  return (
    <>
      <PasteForm paste={paste} masked={!canWrite} />
      {paste.error && data && (
        <div className="mb-3">
          <ErrorNotice error={paste.error} onRetry={paste.again} />
        </div>
      )}
      {paste.error && paste.from > 0 && (
        <Button className="mb-3" onClick={() => paste.setFrom(0)}>
          {t("others.first")}
        </Button>
      )}
      {data && <OtherLines data={data} onFrom={paste.setFrom} />}
      {data && <SheetTotals totals={totalsOf(data.lines, cards)} />}
      <DataTable
        id="paste"
        caption={t("caption")}
        columns={columns}
        rows={shown}
        rowKey={rowKey}
        rowLabel={rowLabel}
        state={paste.error && !data ? { error: paste.error } : paste.loading && !data ? "loading" : "ready"}
        onRetry={paste.again}
        refreshing={paste.loading}
        empty={
          <EmptyState icon="search" title={t(data ? "nothingShown" : "empty")}>
            {!data && t("emptyHint")}
          </EmptyState>
        }
        selection={data ? selected : undefined}
        onSelectionChange={(next) => choose({ selected: next })}
        isSelectable={isCardKey}
        selectionActions={<BulkActions ids={selected} canWrite={canWrite} onAction={dialogs.open} />}
        rowMenu={rowMenu}
        onOpenRow={({ card, line }) => {
          if (card) navigate(`/cards/${card.id}`);
          else if (line.key) navigate(`/keys/${line.key.batchId}`);
        }}
        toolbar={
          data && (
            <>
              <SheetFilters data={data} filter={filter} onFilter={(next) => choose({ filter: next, page: 1 })} />
              <Button
                size="sm"
                disabledReason={found.length === 0 ? t("selectNone") : undefined}
                onClick={() => choose({ selected: new Set(found) })}
              >
                {t("select", { count: formatInteger(found.length) })}
              </Button>
              <CopyColumn lines={lines} cards={cards} />
              <SheetExportMenu text={paste.asked} from={paste.from} count={data.lines.length} canWrite={canWrite} />
            </>
          )
        }
        paging={
          data && {
            page,
            size,
            total: rows.length,
            onPage: (next) => choose({ page: next }),
            onSize: (next) => {
              setSize(next);
              choose({ page: 1 });
            },
          }
        }
      />
      <p role="status" className="sr-only">
        {data && t("announced", { lines: data.lines.length, cards: cards.size })}
      </p>
      {canWrite && (
        <CardDialogs
          ref={dialogs.ref}
          onChanged={() => {
            choose({ selected: NONE });
            paste.again();
            void client.invalidateQueries({ queryKey: queryKeys.cards });
          }}
        />
      )}
    </>
  );
}

const rowKey = ({ key }: SheetRow): string => key;

/** What was pasted may be a phone: a row is named by its line. */
const rowLabel = ({ card, line }: SheetRow): string => card?.userName ?? card?.maskedCode ?? String(line.line);
