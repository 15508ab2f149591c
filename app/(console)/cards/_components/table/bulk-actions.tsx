import { useTranslations } from "next-intl";
import { useWriteBlock } from "@/app/(console)/_components/use-write-block";
import { Button } from "@/components/ui/button/button";
import type { RowAction } from "../row-action";
import { ExportMenu } from "./export-menu";

/** One preview reads at most this many cards live. */
const MOST = 200;

type Props = { ids: ReadonlySet<string>; canWrite: boolean; onAction: (action: RowAction) => void };

/** Actions on the selected cards. The dialog says which of them can't be destroyed. */
export function BulkActions({ ids, canWrite, onAction }: Props) {
  const t = useTranslations("cards.actions");
  const writeBlock = useWriteBlock("espai");
  const tooMany = ids.size > MOST ? t("tooMany", { most: MOST }) : undefined;
  const disabledReason = canWrite ? (writeBlock ?? tooMany) : t("needsOperator");
  return (
    <>
      <ExportMenu scope={{ kind: "selected", ids: [...ids] }} count={ids.size} canWrite={canWrite} small />
      <Button
        size="sm"
        icon="destroy"
        disabledReason={disabledReason}
        onClick={() => onAction({ kind: "destroy", cardIds: [...ids] })}
      >
        {t("destroyMany", { count: ids.size })}
      </Button>
    </>
  );
}
