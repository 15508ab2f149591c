"use client";

import { useCallback, useEffect, useState } from "react";
import { LazyComponent, LazyModule } from "@/components/lazy-component";
import { loadWhenOnline } from "@/components/load-when-online";
import { useFirstSign } from "@/components/use-first-sign";
import { TOAST_COMES } from "./show-toast";

const toaster = new LazyModule(() => loadWhenOnline(async () => (await import("./toaster")).Toaster));

/**
 * Toasts are 10 kB and come of what people do: loaded at their first sign, so that one can be shown without a network. What
 * keeps the focus comes with them.
 */
export function LazyToaster() {
  const [wanted, setWanted] = useState(false);
  const want = useCallback(() => setWanted(true), []);
  useFirstSign("*", want);
  useEffect(() => {
    document.addEventListener(TOAST_COMES, want);
    return () => document.removeEventListener(TOAST_COMES, want);
  }, [want]);
  return wanted && <LazyComponent module={toaster} props={{}} />;
}
