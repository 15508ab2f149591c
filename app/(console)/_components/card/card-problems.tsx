import { useTranslations } from "next-intl";
import type { Problem } from "@/lib/cards/types";

/** The reasons why something can't be done with a card, one a line. */
export function CardProblems({ problems }: { problems: readonly Problem[] }) {
  const cards = useTranslations("cards");
  const transfer = useTranslations("transfer");
  return (
    <ul className="grid gap-0.5">
      {problems.map(({ side, key, params }) => {
        const problem = cards(`problem.${key}`, params ?? {});
        return (
          <li key={`${side}-${key}`}>
            {side ? transfer("sideProblem", { side: transfer(side === "source" ? "from" : "to"), problem }) : problem}
          </li>
        );
      })}
    </ul>
  );
}
