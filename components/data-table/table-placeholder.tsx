import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DeniedState } from "@/components/feedback/denied-state";
import { EmptyState } from "@/components/feedback/empty-state";
import { ErrorState } from "@/components/feedback/error-state";
import type { TableState } from "./types";

type Props = { state: TableState; empty: ReactNode; onRetry: (() => void) | undefined };

/** Instead of a table without rows: nothing found, not allowed, or an error. */
export function TablePlaceholder({ state, empty, onRetry }: Props) {
  const t = useTranslations("ui");
  if (state === "denied") return <DeniedState inside />;
  if (typeof state === "object") return <ErrorState error={state.error} onRetry={onRetry} />;
  return empty ?? <EmptyState icon="search" title={t("nothingFound")} />;
}
