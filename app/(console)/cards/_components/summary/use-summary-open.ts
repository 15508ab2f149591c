import { useEffect, useState } from "react";

const KEY = "cardesk.cards.summary";

/** Whether the summary is shown, as chosen in this browser; null until the scripts are there: no byte of it is in the page. */
export function useSummaryOpen() {
  const [open, setOpen] = useState<boolean | null>(null);
  useEffect(() => setOpen(localStorage.getItem(KEY) !== null), []);
  const toggle = () => {
    if (open) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "1");
    setOpen(!open);
  };
  return [open, toggle] as const;
}
