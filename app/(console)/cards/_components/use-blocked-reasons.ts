import { useTranslations } from "next-intl";
import { useWriteBlock } from "@/app/(console)/_components/use-write-block";
import type { CardRow } from "@/lib/cards/types";
import { destroyProblems, type Problem, transferProblems } from "@/lib/cards/types";

export type BlockedReasons = Record<"transfer" | "transferInto" | "destroy", string | undefined>;

/** Any card that could give. */
const GIVER = { id: "", type: "1", balance: 1, phone: "-" };

/** Why a card can't give, take or be destroyed now; undefined if it can. */
export function useBlockedReasons(canWrite: boolean): (card: CardRow) => BlockedReasons {
  const t = useTranslations("cards");
  const writeBlock = useWriteBlock("espai");
  const words = (problems: Problem[]) =>
    problems.map(({ key, params }) => t(`problem.${key}`, params ?? {})).join(t("joiner")) || undefined;
  return (card) => {
    const outer = !canWrite
      ? t("actions.needsOperator")
      : (writeBlock ?? (card.lockedBy ? t("actions.held") : undefined));
    const ruled = { ...card, phone: card.maskedPhone };
    return {
      transfer: outer ?? words(transferProblems({ source: ruled })),
      transferInto: outer ?? words(transferProblems({ source: GIVER, target: ruled })),
      destroy: outer ?? words(destroyProblems(ruled)),
    };
  };
}
