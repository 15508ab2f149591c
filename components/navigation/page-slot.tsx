"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { useComingPath } from "./navigation-context";
import { DetailPageSkeleton, TablePageSkeleton } from "./page-skeletons";

/** On a quick network the page is there sooner, and nothing flickers. */
const DELAY_MS = 300;

type Props = {
  /** Paths of pages that are a title, filters and a table. */
  tables: readonly string[];
  children: ReactNode;
};

/**
 * The page; while another one is long in coming, that one's skeleton. In the browser only: with a loading.tsx an
 * unknown card's page would be answered 200 (docs/decisions/slow-and-offline.md).
 */
export function PageSlot({ tables, children }: Props) {
  const t = useTranslations("ui");
  const coming = useComingPath();
  const [shown, setShown] = useState<string | null>(null);

  useEffect(() => {
    if (coming === null) return setShown(null);
    const timer = setTimeout(() => {
      // A dialog is part of the page: hidden with it, it would still keep every click from the rest.
      if (!document.querySelector("dialog[open]")) setShown(coming);
    }, DELAY_MS);
    return () => clearTimeout(timer);
  }, [coming]);

  const waits = coming !== null && shown !== null;
  return (
    <>
      <div className={waits ? "hidden" : "contents"}>{children}</div>
      {waits && (
        <div aria-busy="true">
          <p role="status" className="sr-only">
            {t("loading")}
          </p>
          {tables.includes(coming) ? <TablePageSkeleton /> : <DetailPageSkeleton />}
        </div>
      )}
    </>
  );
}
