"use client";

import { useTranslations } from "next-intl";
import type { Problem } from "@/lib/cards/types";

/** Why a thing can't be done with a card, a line each. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  const cards = useTranslations("cards");
  const transfer = useTranslations("transfer");
  return (
    <ul className="grid gap-0.5">
      {problems.map((problem) => (
        <li key={`${problem.side}-${problem.key}`}>
          {problem.side && `${transfer(problem.side === "source" ? "from" : "to")}：`}
          {cards(`problem.${problem.key}`, problem.params ?? {})}
        </li>
      ))}
    </ul>
  );
}
