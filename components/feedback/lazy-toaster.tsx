"use client";

import dynamic from "next/dynamic";

/** Toasts are 9 kB and never needed for the first paint. */
export const LazyToaster = dynamic(() => import("./toaster").then((module) => module.Toaster), { ssr: false });
