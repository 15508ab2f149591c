"use client";

import dynamic from "next/dynamic";
import { loadWhenOnline } from "@/components/load-when-online";

/** Toasts are 9 kB and never needed for the first paint. */
export const LazyToaster = dynamic(() => loadWhenOnline(() => import("./toaster").then((module) => module.Toaster)), {
  ssr: false,
});
