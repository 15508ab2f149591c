import { useEffect, useState } from "react";
import { keepFlag, readFlag } from "@/components/stored-flag";

const KEY = "cardesk.cards.summary";

/** Whether the summary is shown, as chosen in this browser; null until the scripts are there: no byte of it is in the page. */
export function useSummaryOpen() {
  const [open, setOpen] = useState<boolean | null>(null);
  useEffect(() => setOpen(readFlag(KEY)), []);
  const toggle = () => {
    keepFlag(KEY, !open);
    setOpen(!open);
  };
  return [open, toggle] as const;
}
