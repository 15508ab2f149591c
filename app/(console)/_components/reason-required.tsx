"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { ReasonRequired } from "@/lib/settings/schemas";

const ReasonRequiredContext = createContext<ReasonRequired | null>(null);

/** Tells forms from which sizes on a note is required, as the setting was when the page was loaded. */
export function ReasonRequiredProvider({ value, children }: { value: ReasonRequired; children: ReactNode }) {
  return <ReasonRequiredContext value={value}>{children}</ReasonRequiredContext>;
}

/** Whether so many calls or keys need a note. The server decides again; this is for the field before it is asked. */
export function useNeedsNote(what: "calls" | "keys", count: number | null): boolean {
  const from = useContext(ReasonRequiredContext)?.[what];
  return from !== undefined && count !== null && count >= from;
}
